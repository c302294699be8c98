/* kvar-files-page-private.h: what the halves of the files page share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-workspace.h"
#include "pages/kvar-files-page.h"
#include "storage/kvar-file-list.h"
#include "widgets/kvar-load-status.h"

G_BEGIN_DECLS

struct _KvarFilesPage
{
  KvarPage              parent_instance;

  GtkWidget            *search_box;
  GtkSearchEntry       *search_entry;
  GtkWidget            *transfers_group;
  GtkListBox           *transfers_box;
  GtkWidget            *bucket_group;
  GtkEditable          *name_row;
  GtkLabel             *problem_label;
  GtkStack             *stack;
  KvarLoadStatus       *status;
  GtkListBox           *files_box;
  GtkWidget            *more_button;

  KvarBucketList       *buckets;    /* (nullable) when it shows the buckets */
  KvarFileList         *list;       /* (nullable) when it shows what is in one */
  char                 *looked_for; /* (nullable) the key that the focus is to go to */
  GVariant             *pending;    /* (nullable) the place to put back when there are rows */
  GtkFileChooserNative *chooser;    /* (nullable) while it is open */
};

/* kvar-files-page.c */
const char *kvar_files_page_get_bucket      (KvarFilesPage *self);
void        kvar_files_page_say             (KvarFilesPage *self,
                                             const char    *text);

/* kvar-files-page-actions.c */
void        kvar_files_page_install_actions (KvarFilesPage *self);
void        kvar_files_page_update_actions  (KvarFilesPage *self);
void        kvar_files_page_open            (KvarFilesPage *self,
                                             KvarFileEntry *entry);
void        kvar_files_page_save_as         (KvarFilesPage *self,
                                             KvarFileEntry *entry);
void        kvar_files_page_delete          (KvarFilesPage *self,
                                             KvarFileEntry *entry);

G_END_DECLS
