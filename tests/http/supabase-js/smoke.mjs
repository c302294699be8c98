// smoke.mjs URL KEY [--storage]: the official client, unchanged, does a day's work against a project; prints TAP.
//
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict'
import { createClient } from '@supabase/supabase-js'

const [url, key] = process.argv.slice(2)
const email = 'demo@kvar.example'
const password = 'demo'
const userId = '11111111-1111-4111-8111-111111111111'
const mark = `js-${process.pid}`

const client = createClient(url, key)
const events = []
let number = 0
let failed = 0

client.auth.onAuthStateChange((event) => events.push(event))

async function claim (name, check) {
  number++
  try {
    await check()
    console.log(`ok ${number} /supabase-js/${name}`)
  } catch (error) {
    failed++
    for (const line of String(error.stack ?? error).split('\n')) console.log(`# ${line}`)
    console.log(`not ok ${number} /supabase-js/${name}`)
  }
}

// What a query gave, or its error thrown, so that a claim shows it.
async function must (query) {
  const reply = await query
  assert.equal(reply.error, null, JSON.stringify(reply.error))
  return reply
}

async function until (ready, what) {
  for (let i = 0; i < 200; i++) {
    if (ready()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`waited in vain for ${what}`)
}

await claim('auth/refuses-wrong-password', async () => {
  const { data, error } = await client.auth.signInWithPassword({ email, password: 'wrong' })
  assert.equal(data.session, null)
  assert.equal(error.code, 'invalid_credentials')
  assert.equal(error.status, 400)
})

await claim('auth/signs-in', async () => {
  const { data } = await must(client.auth.signInWithPassword({ email, password }))
  assert.equal(data.user.id, userId)
  assert.equal(data.session.token_type, 'bearer')
  assert.ok(events.includes('SIGNED_IN'))
})

await claim('auth/refreshes-by-itself', async () => {
  const before = (await must(client.auth.getSession())).data.session.refresh_token
  const seen = events.length
  await client.auth.startAutoRefresh()
  await until(() => events.slice(seen).includes('TOKEN_REFRESHED'), 'TOKEN_REFRESHED')
  await client.auth.stopAutoRefresh()
  const after = (await must(client.auth.getSession())).data.session.refresh_token
  assert.notEqual(after, before)
})

await claim('auth/knows-the-user', async () => {
  const { data } = await must(client.auth.getUser())
  assert.equal(data.user.email, email)
})

await claim('auth/changes-metadata', async () => {
  const { data } = await must(client.auth.updateUser({ data: { theme: 'dark' } }))
  assert.equal(data.user.user_metadata.theme, 'dark')
  await must(client.auth.updateUser({ data: { theme: null } }))
})

await claim('rest/selects', async () => {
  const { data, count } = await must(client.from('jobs')
    .select('id, ref, title, price, contact:contacts!jobs_contact_id_fkey(full_name)', { count: 'exact' })
    .not('contact_id', 'is', null).order('ref').limit(5))
  assert.equal(data.length, 5)
  assert.ok(count > 5)
  assert.equal(typeof data[0].contact.full_name, 'string')
  assert.deepEqual(data.map((job) => job.ref), data.map((job) => job.ref).sort())
})

await claim('rest/filters', async () => {
  const { data } = await must(client.from('jobs').select('status, price')
    .in('status', ['open', 'done']).gte('price', 1).or('status.eq.open,status.eq.done').range(0, 9))
  assert.equal(data.length, 10)
  for (const job of data) {
    assert.ok(['open', 'done'].includes(job.status))
    assert.ok(job.price >= 1)
  }
})

await claim('rest/inserts', async () => {
  const { data, status } = await must(client.from('contacts')
    .insert({ full_name: 'Åsa Ödman', email: `${mark}@example.com`, vip: true, tags: ['a b', 'c,d'] })
    .select().single())
  assert.equal(status, 201)
  assert.equal(data.full_name, 'Åsa Ödman')
  assert.deepEqual(data.tags, ['a b', 'c,d'])
})

await claim('rest/tells-a-duplicate', async () => {
  const { error, status } = await client.from('contacts')
    .insert({ full_name: 'Once more', email: `${mark}@example.com` })
  assert.equal(status, 409)
  assert.equal(error.code, '23505')
})

await claim('rest/updates', async () => {
  const { data } = await must(client.from('contacts').update({ phone: '070-123 45 67' })
    .eq('email', `${mark}@example.com`).select())
  assert.equal(data.length, 1)
  assert.equal(data[0].phone, '070-123 45 67')
})

await claim('rest/upserts', async () => {
  const { data } = await must(client.from('contacts')
    .upsert({ email: `${mark}@example.com`, full_name: 'Åsa Ekman' }, { onConflict: 'email' }).select().single())
  assert.equal(data.full_name, 'Åsa Ekman')
  assert.equal(data.phone, '070-123 45 67')
})

await claim('rest/deletes', async () => {
  await must(client.from('contacts').delete().eq('email', `${mark}@example.com`))
  const { data } = await must(client.from('contacts').select('id').eq('email', `${mark}@example.com`).maybeSingle())
  assert.equal(data, null)
})

await claim('rest/calls', async () => {
  assert.equal((await must(client.rpc('add_numbers', { a: 2, b: 40 }))).data, 42)
  assert.equal((await must(client.rpc('add_numbers', { a: 41 }, { get: true }))).data, 42)
})

await claim('rest/tells-an-unknown-table', async () => {
  const { error, status } = await client.from('no_such_table').select()
  assert.equal(status, 404)
  assert.ok(['PGRST205', '42P01'].includes(error.code), error.code)
})

// Storage; what a back end without it says is not this script's concern.
const files = process.argv.includes('--storage') ? client.storage.from('drawings') : null
const folder = `js/${mark}`

async function text (blob) {
  return Buffer.from(await blob.arrayBuffer()).toString()
}

if (files) {
  await claim('storage/lists-buckets', async () => {
    const { data } = await must(client.storage.listBuckets())
    assert.ok(data.some((bucket) => bucket.id === 'drawings' && !bucket.public))
  })

  await claim('storage/uploads', async () => {
    const { data } = await must(files.upload(`${folder}/a b.txt`, Buffer.from('0123456789'), { contentType: 'text/plain' }))
    assert.equal(data.path, `${folder}/a b.txt`)
    await must(files.upload(`${folder}/form.txt`, new Blob(['from a form'], { type: 'text/plain' }), { metadata: { filename: 'Åäö.txt' } }))
    assert.equal(await text((await must(files.download(`${folder}/form.txt`))).data), 'from a form')
    assert.equal((await must(files.info(`${folder}/form.txt`))).data.metadata.filename, 'Åäö.txt')
  })

  await claim('storage/tells-a-duplicate', async () => {
    const { error } = await files.upload(`${folder}/a b.txt`, Buffer.from('x'))
    assert.equal(error.statusCode, '409')
    await must(files.upload(`${folder}/a b.txt`, Buffer.from('0123456789!'), { upsert: true, contentType: 'text/plain' }))
  })

  await claim('storage/lists', async () => {
    const { data } = await must(files.list(folder, { sortBy: { column: 'name', order: 'desc' } }))
    assert.deepEqual(data.map((file) => file.name), ['form.txt', 'a b.txt'])
    assert.equal(data[1].metadata.size, 11)
    const top = (await must(files.list('', { search: 'js' }))).data
    assert.deepEqual(top.map((file) => [file.name, file.id]), [['js', null]])
  })

  await claim('storage/lists-by-cursor', async () => {
    const first = (await must(files.listV2({ prefix: `${folder}/`, limit: 1, with_delimiter: true }))).data
    assert.equal(first.hasNext, true)
    const second = (await must(files.listV2({ prefix: `${folder}/`, limit: 1, with_delimiter: true, cursor: first.nextCursor }))).data
    assert.equal(second.objects[0].name, `${folder}/form.txt`)
    assert.equal(second.hasNext, false)
  })

  await claim('storage/signs', async () => {
    const { data } = await must(files.createSignedUrl(`${folder}/a b.txt`, 60))
    assert.equal(await (await fetch(data.signedUrl)).text(), '0123456789!')
    const many = (await must(files.createSignedUrls([`${folder}/a b.txt`, 'none'], 60))).data
    assert.ok(many[0].signedUrl)
    assert.ok(many[1].error)
  })

  await claim('storage/tells-what-is-missing', async () => {
    assert.equal((await files.download('none.txt')).error !== null, true)
    assert.equal((await files.exists(`${folder}/a b.txt`)).data, true)
    assert.equal((await files.exists('none.txt')).data, false)
  })

  await claim('storage/moves-and-removes', async () => {
    await must(files.move(`${folder}/a b.txt`, `${folder}/b.txt`))
    await must(files.copy(`${folder}/b.txt`, `${folder}/c.txt`))
    const { data } = await must(files.remove([`${folder}/b.txt`, `${folder}/c.txt`, `${folder}/form.txt`]))
    assert.equal(data.length, 3)
    assert.deepEqual((await must(files.list(folder))).data, [])
  })
}

await claim('auth/survives-many-expiries', async () => {
  for (let i = 0; i < 5; i++) {
    await must(client.from('contacts').select('id').limit(1))
    await new Promise((resolve) => setTimeout(resolve, 700))
  }
  assert.ok(events.filter((event) => event === 'TOKEN_REFRESHED').length > 1)
  assert.ok(!events.includes('SIGNED_OUT'))
})

await claim('auth/signs-out', async () => {
  const { refresh_token: old } = (await must(client.auth.getSession())).data.session
  await must(client.auth.signOut())
  assert.equal((await client.auth.getSession()).data.session, null)
  const { error } = await client.auth.refreshSession({ refresh_token: old })
  assert.equal(error.code, 'refresh_token_not_found')
})

console.log(`1..${number}`)
process.exit(failed ? 1 : 0)
