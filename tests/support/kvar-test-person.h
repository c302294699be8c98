/* kvar-test-person.h: somebody who is signed in to a kvar-demo, over real connections
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-test-demo.h"
#include "schema/kvar-schema-loader.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

/* @url: of @demo, or of a proxy before it. @dir: for what the session leaves on the disk. */
KvarSession *kvar_test_person_sign_in     (KvarTestDemo     *demo,
                                           const char       *url,
                                           const char       *email,
                                           KvarClock        *clock,
                                           const char       *dir);

/* Waits for what the project offers. */
KvarSchema  *kvar_test_person_load_schema (KvarSchemaLoader *loader);

/* A folder that a test has filled, and all that is in it. */
void         kvar_test_person_remove_dir  (const char       *path);

G_END_DECLS
