// client.mjs URL KEY EMAIL PASSWORD: supabase-js as an application uses it, steered line by line.
//
// Reads one JSON object a line and answers each with one. {"clock": S} moves this process' clock, {"method", "path", "body"}
// is sent with the official client and answered {"status", "signed_out"}. Whoever is signed out signs in again, as a
// person would, so that every case counts by itself.
//
// SPDX-License-Identifier: GPL-3.0-or-later

import readline from 'node:readline'
import { createClient } from '@supabase/supabase-js'

const [url, key, email, password] = process.argv.slice(2)
const now = Date.now.bind(Date)
let advance = 0
let signedOut = 0

Date.now = () => now() + advance * 1000

const client = createClient(url, key)
client.auth.onAuthStateChange((event) => { if (event === 'SIGNED_OUT') signedOut++ })

async function signIn () {
  const { error } = await client.auth.signInWithPassword({ email, password })
  if (error) throw error
}

function query ({ method, path, body }) {
  const { pathname, searchParams } = new URL(path, url)
  const table = client.from(pathname.split('/').pop())
  let builder
  if (method === 'POST') builder = table.insert(body)
  else if (method === 'PATCH') builder = table.update(body)
  else builder = table.select(searchParams.get('select') ?? '*')
  for (const [name, value] of searchParams) {
    if (name === 'select') continue
    else if (name === 'limit') builder = builder.limit(Number(value))
    else builder = builder.filter(name, ...value.split(/\.(.*)/s, 2))
  }
  return builder
}

await signIn()
console.log(JSON.stringify({ ready: true }))

for await (const line of readline.createInterface({ input: process.stdin })) {
  const message = JSON.parse(line)
  if (message.clock) {
    advance += message.clock
    console.log('{}')
    continue
  }
  const before = signedOut
  const { status } = await query(message)
  const answer = { status, signed_out: signedOut > before }
  if (answer.signed_out) await signIn()
  console.log(JSON.stringify(answer))
}
process.exit(0)
