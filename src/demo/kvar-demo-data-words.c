/* kvar-demo-data-words.c: names, streets, towns and trades that the sample rows are made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include "kvar-demo-data-private.h"

static const char * const first_names[] = {
  "Anna", "Erik", "Maria", "Lars", "Eva", "Karl", "Karin", "Anders", "Kristina", "Johan",
  "Lena", "Per", "Sara", "Nils", "Ingrid", "Mikael", "Emma", "Lennart", "Birgitta", "Jan",
  "Hanna", "Gustav", "Märta", "Olof", "Elsa", "Hampus", "Åsa", "Björn", "Sofia", "Göran",
  "Ebba", "Fredrik", "Linnéa", "Stellan", "Astrid", "Viktor", "Amira", "Yusuf", "Tuula", "Zofia",
};

static const char * const last_names[] = {
  "Andersson", "Johansson", "Karlsson", "Nilsson", "Eriksson", "Larsson", "Olsson", "Persson",
  "Svensson", "Gustafsson", "Pettersson", "Jonsson", "Lindberg", "Lindström", "Lundgren",
  "Bergström", "Sjöberg", "Wallin", "Engström", "Eklund", "Lundin", "Hedlund", "Norén", "Åkesson",
  "Öberg", "Ström", "Holmqvist", "Sandberg", "Nyström", "Bäckman", "Haddad", "Virtanen",
  "Kowalska", "Rydén", "Falk", "Stål", "Brandt",
};

static const char * const streets[] = {
  "Storgatan", "Kungsgatan", "Drottninggatan", "Skolgatan", "Ringvägen", "Strandvägen",
  "Kyrkogatan", "Järnvägsgatan", "Nygatan", "Parkvägen", "Björkvägen", "Ekbacken", "Hamngatan",
  "Trädgårdsgatan", "Östra Promenaden", "Västergatan", "Norra Bulltoftavägen", "Sjöstigen",
  "Åsgatan", "Kvarnbacken", "Lindvägen", "Fabriksgatan", "Smedjegatan", "Slottsbacken",
};

static const KvarDemoCity cities[] = {
  { "Göteborg", 57.7089, 11.9746 }, { "Malmö", 55.6050, 13.0038 },
  { "Stockholm", 59.3293, 18.0686 }, { "Uppsala", 59.8586, 17.6389 },
  { "Linköping", 58.4108, 15.6214 }, { "Örebro", 59.2753, 15.2134 },
  { "Västerås", 59.6099, 16.5448 }, { "Jönköping", 57.7826, 14.1618 },
  { "Umeå", 63.8258, 20.2630 }, { "Lund", 55.7047, 13.1910 },
  { "Borås", 57.7210, 12.9401 }, { "Växjö", 56.8777, 14.8091 },
  { "Kalmar", 56.6634, 16.3568 }, { "Östersund", 63.1792, 14.6357 },
  { "Falun", 60.6065, 15.6355 }, { "Visby", 57.6348, 18.2948 },
};

/* The first word of a trade's list of tags names it. */
static const char * const tags[][4] = {
  { "roof", "scaffold", "outdoor", "warranty" },
  { "paint", "indoor", "two visits", "key at neighbour" },
  { "garden", "outdoor", "seasonal", "bring trailer" },
  { "wiring", "indoor", "certified", "power off" },
  { "plumbing", "indoor", "water off", "insurance" },
  { "carpentry", "indoor", "made to measure", "dust" },
};

static const struct
{
  const char *task;
  guint       trade;
} tasks[] = {
  { "Roof repair after the storm", 0 }, { "New gutters on the north side", 0 },
  { "Replace cracked roof tiles", 0 }, { "Clear moss from the roof", 0 },
  { "Seal around the chimney", 0 }, { "Paint the stairwell", 1 },
  { "Paint \"the blue room\", two coats", 1 }, { "Repaint window frames", 1 },
  { "Sand and oil the oak floor", 1 }, { "Wallpaper in the hall", 1 },
  { "Garden – spring pruning", 2 }, { "Drain the lawn by the terrace", 2 },
  { "New hedge along the fence", 2 }, { "Fell a birch near the house", 2 },
  { "Lay paving at the entrance", 2 }, { "Wiring, cellar", 3 },
  { "Charger for the car, garage", 3 }, { "New fuse box", 3 },
  { "Outdoor lights by the path", 3 }, { "Check smoke detectors", 3 },
  { "Leaking mixer in the kitchen", 4 }, { "New heat pump", 4 },
  { "Bleed and balance radiators", 4 }, { "Renovate the bathroom", 4 },
  { "Move the washing machine", 4 }, { "Build a porch", 5 },
  { "Hang new inner doors", 5 }, { "Repair the staircase", 5 },
  { "Bookcase for the study", 5 }, { "Insulate the attic", 5 },
};

static const char * const notes[] = {
  "Ring the bell twice; the dog is kind but loud.",
  "The customer works nights: nothing noisy before noon.",
  "Parking only on the yard, the gate's code is on the key tag.",
  "Measured on site. The wall is 12 mm out of true at the top.",
  "Material is ordered and lies at the depot, shelf 14 C.",
  "Wants an offer for the other side of the house as well.",
  "Asbestos checked: none. The protocol is in the folder.",
  "Photographs from before are taken; take the same ones after.",
  "Second visit agreed by telephone.\nAsk for Lena, not for the caretaker.",
  "The tenant below must know a day ahead, because of the water.",
  "Neighbour complained about dust last time; bring the big vacuum cleaner.",
  "Invoice goes to the housing association, reference \"Stam 4\".",
};

static const char * const reports[] = {
  "The work was finished a day early. Two tiles are left over and stand in the garage.",
  "Half of the wiring is from the sixties. I replaced what I met and marked the rest on the plan.",
  "The customer was content. They ask for a written note about how the oil is to be renewed.",
  "Damp behind the panel, 22 % at the sole plate. I left it open; a fan runs until next week.",
  "Delivery was short of four metres of gutter. The supplier sends them on Thursday.",
  "Everything tested and protocolled. The old box went to recycling.",
  "The slope falls toward the house. Paving will not help until the ground is turned.",
  "Second coat dries slowly in this weather. One more visit is needed, two hours.",
};

/**
 * kvar_demo_data_pick:
 * @salt: tells apart what is picked for one row
 *
 * Returns: a number below @n, the same for the same arguments
 */
guint
kvar_demo_data_pick (guint row,
                     guint salt,
                     guint n)
{
  guint64 x = ((guint64)row << 20) + salt * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return (x ^ (x >> 31)) % n;
}

/**
 * kvar_demo_data_get_person:
 *
 * Returns: (transfer full): first and last name
 */
char *
kvar_demo_data_get_person (guint row)
{
  return g_strdup_printf ("%s %s",
                          first_names[kvar_demo_data_pick (row, 1, G_N_ELEMENTS (first_names))],
                          last_names[kvar_demo_data_pick (row, 2, G_N_ELEMENTS (last_names))]);
}

/**
 * kvar_demo_data_get_street:
 *
 * Returns: (transfer full): street and number
 */
char *
kvar_demo_data_get_street (guint row)
{
  return g_strdup_printf ("%s %u", streets[kvar_demo_data_pick (row, 3, G_N_ELEMENTS (streets))],
                          1 + kvar_demo_data_pick (row, 4, 96));
}

const KvarDemoCity *
kvar_demo_data_get_city (guint row)
{
  return &cities[kvar_demo_data_pick (row, 5, G_N_ELEMENTS (cities))];
}

/**
 * kvar_demo_data_get_task:
 * @trade: (out): which tags fit
 */
const char *
kvar_demo_data_get_task (guint  row,
                         guint *trade)
{
  guint i = kvar_demo_data_pick (row, 6, G_N_ELEMENTS (tasks));

  *trade = tasks[i].trade;

  return tasks[i].task;
}

const char *
kvar_demo_data_get_note (guint row)
{
  return notes[kvar_demo_data_pick (row, 7, G_N_ELEMENTS (notes))];
}

const char *
kvar_demo_data_get_tag (guint trade,
                        guint which)
{
  return tags[trade][which];
}

const char *
kvar_demo_data_get_report (guint row)
{
  return reports[kvar_demo_data_pick (row, 8, G_N_ELEMENTS (reports))];
}

/* The key in the bucket "drawings" of a property's drawing, (nullable) since few have one. */
char *
kvar_demo_data_get_drawing (guint row)
{
  return row <= KVAR_DEMO_DATA_DRAWINGS ? g_strdup_printf ("property-%u/ground-floor.pdf", row)
                                        : NULL;
}
