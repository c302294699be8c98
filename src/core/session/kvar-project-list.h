/* kvar-project-list.h: the projects this person has connected to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-project.h"

G_BEGIN_DECLS

#define KVAR_TYPE_PROJECT_LIST (kvar_project_list_get_type ())

G_DECLARE_FINAL_TYPE (KvarProjectList, kvar_project_list, KVAR, PROJECT_LIST, GObject)

KvarProjectList *kvar_project_list_new            (const char       *path);
void             kvar_project_list_add            (KvarProjectList  *self,
                                                   KvarProject      *project);
void             kvar_project_list_remove         (KvarProjectList  *self,
                                                   KvarProject      *project);
KvarProject     *kvar_project_list_find           (KvarProjectList  *self,
                                                   const char       *id);
KvarProject     *kvar_project_list_get_last       (KvarProjectList  *self);
const char      *kvar_project_list_get_last_email (KvarProjectList  *self);
void             kvar_project_list_set_last       (KvarProjectList  *self,
                                                   KvarProject      *project,
                                                   const char       *email);
gboolean         kvar_project_list_save           (KvarProjectList  *self,
                                                   GError          **error);

G_END_DECLS
