/* kvar-page.c: what the window shows for one route: the base of every page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-page"

#include "config.h"

#include "kvar-page.h"
#include "kvar-workspace.h"
#include "widgets/kvar-inner-name.h"

typedef struct
{
  char               *title;
  char               *subtitle;        /* (nullable) */
  KvarRoute          *route;
  KvarWorkspace      *workspace;       /* (nullable) before a project is connected */
  GtkWidget          *header_start;    /* (nullable) shown by the window while this page is */
  GtkWidget          *header_end;      /* (nullable) */
  gboolean            hushed;
  GSimpleActionGroup *actions;         /* "page.*" */
  GCancellable       *cancellable;     /* of everything this page has asked for */
  gboolean            loaded;
} KvarPagePrivate;

enum {
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_ROUTE,
  PROP_WORKSPACE,
  PROP_HEADER_START,
  PROP_HEADER_END,
  PROP_HUSHED,
  N_PROPS
};

enum {
  VIEW_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KvarPage, kvar_page, ADW_TYPE_BIN)

static void
set_string (KvarPage    *self,
            char       **place,
            const char  *value,
            guint        property)
{
  g_autofree char *copy = NULL;

  if (g_strcmp0 (*place, value) == 0)
    return;

  copy = g_strdup (value);
  g_free (*place);
  *place = g_steal_pointer (&copy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_header_widget (KvarPage   *self,
                   GtkWidget **place,
                   GtkWidget  *widget,
                   guint       property)
{
  if (*place == widget)
    return;

  g_clear_object (place);
  if (widget != NULL)
    *place = g_object_ref_sink (widget);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gboolean
kvar_page_real_grab_default_focus (KvarPage *self)
{
  return gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
kvar_page_dispose (GObject *object)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (KVAR_PAGE (object));

  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->header_start);
  g_clear_object (&priv->header_end);
  g_clear_object (&priv->workspace);

  G_OBJECT_CLASS (kvar_page_parent_class)->dispose (object);
}

static void
kvar_page_finalize (GObject *object)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (KVAR_PAGE (object));

  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->subtitle, g_free);
  g_clear_pointer (&priv->route, kvar_route_unref);
  g_clear_object (&priv->actions);
  g_clear_object (&priv->cancellable);

  G_OBJECT_CLASS (kvar_page_parent_class)->finalize (object);
}

static void
kvar_page_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (KVAR_PAGE (object));

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;

    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;

    case PROP_ROUTE:
      g_value_set_boxed (value, priv->route);
      break;

    case PROP_WORKSPACE:
      g_value_set_object (value, priv->workspace);
      break;

    case PROP_HEADER_START:
      g_value_set_object (value, priv->header_start);
      break;

    case PROP_HEADER_END:
      g_value_set_object (value, priv->header_end);
      break;

    case PROP_HUSHED:
      g_value_set_boolean (value, priv->hushed);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_page_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  KvarPage *self = KVAR_PAGE (object);
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_TITLE:
      kvar_page_set_title (self, g_value_get_string (value));
      break;

    case PROP_SUBTITLE:
      kvar_page_set_subtitle (self, g_value_get_string (value));
      break;

    case PROP_ROUTE:
      kvar_page_set_route (self, g_value_get_boxed (value));
      break;

    case PROP_WORKSPACE:
      priv->workspace = g_value_dup_object (value);
      break;

    case PROP_HEADER_START:
      kvar_page_set_header_start (self, g_value_get_object (value));
      break;

    case PROP_HEADER_END:
      kvar_page_set_header_end (self, g_value_get_object (value));
      break;

    case PROP_HUSHED:
      kvar_page_set_hushed (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_page_class_init (KvarPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_page_dispose;
  object_class->finalize = kvar_page_finalize;
  object_class->get_property = kvar_page_get_property;
  object_class->set_property = kvar_page_set_property;

  klass->grab_default_focus = kvar_page_real_grab_default_focus;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] =
    g_param_spec_string ("subtitle", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROUTE] =
    g_param_spec_boxed ("route", NULL, NULL, KVAR_TYPE_ROUTE,
                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT |
                        G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, KVAR_TYPE_WORKSPACE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HEADER_START] =
    g_param_spec_object ("header-start", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HEADER_END] =
    g_param_spec_object ("header-end", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HUSHED] =
    g_param_spec_boolean ("hushed", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* What save_state () would give is different now. */
  signals[VIEW_CHANGED] =
    g_signal_new ("view-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kvar_page_init (KvarPage *self)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  priv->cancellable = g_cancellable_new ();
  priv->actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", G_ACTION_GROUP (priv->actions));
}

const char *
kvar_page_get_title (KvarPage *self)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_PAGE (self), NULL);

  return priv->title;
}

void
kvar_page_set_title (KvarPage   *self,
                     const char *title)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_if_fail (KVAR_IS_PAGE (self));

  set_string (self, &priv->title, title, PROP_TITLE);
}

const char *
kvar_page_get_subtitle (KvarPage *self)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_PAGE (self), NULL);

  return priv->subtitle;
}

void
kvar_page_set_subtitle (KvarPage   *self,
                        const char *subtitle)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_if_fail (KVAR_IS_PAGE (self));

  set_string (self, &priv->subtitle, subtitle, PROP_SUBTITLE);
}

KvarRoute *
kvar_page_get_route (KvarPage *self)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_PAGE (self), NULL);

  return priv->route;
}

/**
 * kvar_page_set_route:
 *
 * Says that the page now shows @route: another sort order or filter, or the key that a new
 * record was given. The history follows without a new step.
 */
void
kvar_page_set_route (KvarPage  *self,
                     KvarRoute *route)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_if_fail (KVAR_IS_PAGE (self));

  if (priv->route == route ||
      (priv->route != NULL && route != NULL && kvar_route_equal (priv->route, route)))
    return;

  g_clear_pointer (&priv->route, kvar_route_unref);
  if (route != NULL)
    priv->route = kvar_route_ref (route);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROUTE]);
}

/**
 * kvar_page_get_workspace:
 *
 * Returns: (transfer none) (nullable): %NULL only on pages before a project is connected
 */
KvarWorkspace *
kvar_page_get_workspace (KvarPage *self)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_PAGE (self), NULL);

  return priv->workspace;
}

GtkWidget *
kvar_page_get_header_start (KvarPage *self)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_PAGE (self), NULL);

  return priv->header_start;
}

/**
 * kvar_page_set_header_start:
 * @widget: (nullable): shown after Back and Forward while the page is; its buttons name
 *     "page.*" actions, which resolve there too
 */
void
kvar_page_set_header_start (KvarPage  *self,
                            GtkWidget *widget)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_if_fail (KVAR_IS_PAGE (self));

  set_header_widget (self, &priv->header_start, widget, PROP_HEADER_START);
}

GtkWidget *
kvar_page_get_header_end (KvarPage *self)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_PAGE (self), NULL);

  return priv->header_end;
}

/**
 * kvar_page_set_header_end:
 * @widget: (nullable): shown before the primary menu while the page is
 */
void
kvar_page_set_header_end (KvarPage  *self,
                          GtkWidget *widget)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_if_fail (KVAR_IS_PAGE (self));

  set_header_widget (self, &priv->header_end, widget, PROP_HEADER_END);
}

gboolean
kvar_page_get_hushed (KvarPage *self)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_PAGE (self), FALSE);

  return priv->hushed;
}

/**
 * kvar_page_set_hushed:
 *
 * While the bar below says something weightier the page keeps back what it would tell unasked:
 * one message at a time.
 */
void
kvar_page_set_hushed (KvarPage *self,
                      gboolean  hushed)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_if_fail (KVAR_IS_PAGE (self));

  if (priv->hushed == !!hushed)
    return;

  priv->hushed = !!hushed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HUSHED]);
}

/**
 * kvar_page_get_cancellable:
 *
 * Returns: (transfer none): cancelled when the page goes away, for its own requests only:
 *     a save or an export outlives its page and takes none
 */
GCancellable *
kvar_page_get_cancellable (KvarPage *self)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_PAGE (self), NULL);

  return priv->cancellable;
}

/**
 * kvar_page_get_actions:
 *
 * The page's verbs, "page.*". The window borrows them while the page is shown, so that its
 * header widgets and the accelerators of kvar-shortcuts.c reach them.
 */
GActionMap *
kvar_page_get_actions (KvarPage *self)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_PAGE (self), NULL);

  return G_ACTION_MAP (priv->actions);
}

void
kvar_page_load (KvarPage *self)
{
  KvarPagePrivate *priv = kvar_page_get_instance_private (self);

  g_return_if_fail (KVAR_IS_PAGE (self));

  if (priv->loaded)
    return;

  priv->loaded = TRUE;
  kvar_inner_name_use_labels (GTK_WIDGET (self));
  if (priv->header_start != NULL)
    kvar_inner_name_use_labels (priv->header_start);
  if (priv->header_end != NULL)
    kvar_inner_name_use_labels (priv->header_end);
  if (KVAR_PAGE_GET_CLASS (self)->load != NULL)
    KVAR_PAGE_GET_CLASS (self)->load (self);
}

/**
 * kvar_page_save_state:
 *
 * Returns: (transfer full) (nullable): an `a{sv}`
 */
GVariant *
kvar_page_save_state (KvarPage *self)
{
  GVariant *state = NULL;

  g_return_val_if_fail (KVAR_IS_PAGE (self), NULL);

  if (KVAR_PAGE_GET_CLASS (self)->save_state != NULL)
    state = KVAR_PAGE_GET_CLASS (self)->save_state (self);

  return state != NULL ? g_variant_ref_sink (state) : NULL;
}

void
kvar_page_restore_state (KvarPage *self,
                         GVariant *state)
{
  g_return_if_fail (KVAR_IS_PAGE (self));
  g_return_if_fail (g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT));

  if (KVAR_PAGE_GET_CLASS (self)->restore_state != NULL)
    KVAR_PAGE_GET_CLASS (self)->restore_state (self, state);
}

gboolean
kvar_page_grab_default_focus (KvarPage *self)
{
  g_return_val_if_fail (KVAR_IS_PAGE (self), FALSE);

  return KVAR_PAGE_GET_CLASS (self)->grab_default_focus (self);
}

void
kvar_page_session_resumed (KvarPage *self)
{
  g_return_if_fail (KVAR_IS_PAGE (self));

  if (KVAR_PAGE_GET_CLASS (self)->session_resumed != NULL)
    KVAR_PAGE_GET_CLASS (self)->session_resumed (self);
}

/**
 * kvar_page_view_changed:
 *
 * To be called by the page when what save_state () gives has changed: it is asked again, and
 * the state file follows within a second.
 */
void
kvar_page_view_changed (KvarPage *self)
{
  g_return_if_fail (KVAR_IS_PAGE (self));

  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}
