/* kvar-field.h: one column of a record in a form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "records/kvar-draft.h"

G_BEGIN_DECLS

#define KVAR_TYPE_FIELD (kvar_field_get_type ())

G_DECLARE_DERIVABLE_TYPE (KvarField, kvar_field, KVAR, FIELD, GtkWidget)

/**
 * KvarFieldClass:
 * @refresh: shows what the draft holds now; the person's cursor stays where it can
 * @left: the focus has left the field; %NULL where nothing follows from that
 * @open_picker: opens the calendar, the choices or the linked records; %NULL where there are none
 * @get_cursor: the cursor as a character offset, -1 where there is none
 * @set_cursor: takes the focus and puts the cursor there, selecting nothing
 */
struct _KvarFieldClass
{
  GtkWidgetClass parent_class;

  void     (*refresh)     (KvarField *self);
  void     (*left)        (KvarField *self);
  gboolean (*open_picker) (KvarField *self);
  int      (*get_cursor)  (KvarField *self);
  void     (*set_cursor)  (KvarField *self,
                           int        offset);

  /* Whether Enter belongs to the editor itself. */
  gboolean  multiline;
  /* Whether what is typed may be empty and yet a value, so that No Value is asked for twice. */
  gboolean  typed;
};

gboolean    kvar_field_is_unknown     (KvarDraft  *draft,
                                       KvarColumn *column);
gboolean    kvar_field_can_edit       (KvarDraft  *draft,
                                       KvarColumn *column);

KvarDraft  *kvar_field_get_draft      (KvarField  *self);
KvarColumn *kvar_field_get_column     (KvarField  *self);
gboolean    kvar_field_is_multiline   (KvarField  *self);
gboolean    kvar_field_is_editable    (KvarField  *self);
void        kvar_field_set_title      (KvarField  *self,
                                       const char *title);
void        kvar_field_set_pin        (KvarField  *self,
                                       gboolean    shown,
                                       gboolean    pinned);
void        kvar_field_set_extra      (KvarField  *self,
                                       GtkWidget  *extra);
void        kvar_field_set_compact    (KvarField  *self);
gboolean    kvar_field_get_compact    (KvarField  *self);
void        kvar_field_show_problem   (KvarField  *self);
gboolean    kvar_field_has_problem    (KvarField  *self);
gboolean    kvar_field_can_default    (KvarField  *self);
void        kvar_field_commit_default (KvarField  *self);
gboolean    kvar_field_open_picker    (KvarField  *self);
int         kvar_field_get_cursor     (KvarField  *self);
void        kvar_field_note_cursor    (KvarField  *self);
void        kvar_field_set_cursor     (KvarField  *self,
                                       int         offset);

/* For the kinds of field. */
void        kvar_field_set_editor     (KvarField  *self,
                                       GtkWidget  *editor,
                                       GtkWidget  *focus);
void        kvar_field_set_note       (KvarField  *self,
                                       const char *note);
void        kvar_field_commit_input   (KvarField  *self,
                                       const char *typed);
void        kvar_field_commit_value   (KvarField  *self,
                                       const char *text);
void        kvar_field_note_picked    (KvarField  *self);
const char *kvar_field_get_empty_text (KvarField  *self);

G_END_DECLS
