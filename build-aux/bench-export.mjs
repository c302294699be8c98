// bench-export.mjs URL KEY EMAIL PASSWORD COLUMNS FILE: the loop that supabase-js users write: pages of a thousand by key,
// made into CSV, appended to one file.
//
// SPDX-License-Identifier: GPL-3.0-or-later

import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { createClient } from '@supabase/supabase-js'

const [url, key, email, password, columns, file] = process.argv.slice(2)
const client = createClient(url, key)
const names = columns.split(',')
const out = createWriteStream(file)

function field (value) {
  if (value === null) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return /[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text
}

const { error: refused } = await client.auth.signInWithPassword({ email, password })
if (refused) throw refused
out.write(names.join(',') + '\r\n')
for (let last = null; ;) {
  let query = client.from('jobs').select(columns).order('id').limit(1000)
  if (last !== null) query = query.gt('id', last)
  const { data, error } = await query
  if (error) throw error
  if (data.length === 0) break
  const text = data.map((row) => names.map((name) => field(row[name])).join(',') + '\r\n').join('')
  if (!out.write(text)) await once(out, 'drain')
  last = data.at(-1).id
}
out.end()
await once(out, 'finish')
process.exit(0)
