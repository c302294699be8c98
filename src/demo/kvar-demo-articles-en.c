/* kvar-demo-articles-en.c: the English paragraphs that the sample's articles are made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-demo-data-private.h"

const KvarDemoTopic kvar_demo_topics_en[KVAR_DEMO_N_TOPICS] = {
  {
    { "Reading a roof from the ground",
      "What a storm does to tiles",
      "Gutters, and where the water goes" },
    { "What you can see", "What to do first" },
    {
      "A good look at a roof begins across the street. From there you see the line of the "
      "ridge, and whether it is as straight as the day it was laid. A dip in the middle "
      "says that something below has given way: a rafter, a joint, or only a batten. It is "
      "the cheapest measurement there is, and it is the one that most people skip.",
      "Tiles seldom fall for no reason. When one lies on the ground after a windy night, "
      "its neighbours have usually been loose for years, and the nails that should hold "
      "every third row have rusted through. Count the gaps, photograph them, and write down "
      "on which side of the house they are. The wind tends to come back from the same "
      "quarter.",
      "Moss is not the enemy it is made out to be, but it is a sponge. It holds water "
      "against the clay long after the rain has stopped, and in January that water becomes "
      "ice and lifts the surface off the tile in flakes. Brush it away in dry weather, from "
      "the ridge downward, and never with a pressure washer.",
      "The underlay is the roof that nobody sees. Tiles turn most of the rain aside, and "
      "the felt below them takes care of the rest. Felt from the seventies is brittle now: "
      "it tears when you lift a tile to look. Where daylight shows between the boards in "
      "the attic, water will find the same way in.",
      "Chimneys leak at the collar far more often than through the brick. The lead has been "
      "bent by two generations of sweepers, and the mortar that once held its upper edge "
      "has gone. A new collar takes a day, and the scaffold for it takes another. Do both "
      "sides at once, since the second costs almost nothing then.",
      "A gutter should fall three millimetres for every metre, and it should fall toward a "
      "pipe that is open. Pour a bucket of water into the far end and watch it. If it "
      "stands anywhere for more than a minute, leaves will gather there in October and the "
      "joint will begin to drip in November.",
      "Snow guards are put up for the people below, not for the roof. They belong above "
      "every door and above every path that somebody uses in winter. Check that they are "
      "screwed into the rafters and not merely into the battens. A metre of wet snow weighs "
      "as much as a small car.",
      "Ventilation is what keeps a roof dry from inside. Warm air rises through the ceiling "
      "and carries water with it, and that water must be let out at the ridge. When "
      "insulation is pushed all the way out to the eaves the air stands still, and black "
      "spots appear on the boards within two winters.",
      "Prices vary more than the work does. Ask three firms, and ask each of them the same "
      "five questions: which underlay, how many snow guards, who takes away the old tiles, "
      "who owns the scaffold, and what happens if it rains in the middle. The answers will "
      "tell you more than the sum at the bottom of the page.",
    },
  },
  {
    { "Heat that goes where it should",
      "Living with a heat pump",
      "The radiator that never gets warm" },
    { "How it works", "When it does not" },
    {
      "A house loses heat in three ways, and only one of them is the windows. The attic "
      "takes the most, the draught under the doors comes next, and the glass is third. "
      "Whoever begins with new windows has spent the money in the wrong end. Begin with a "
      "roll of insulation and a tube of sealant.",
      "A heat pump moves heat instead of making it. For each unit of electricity it fetches "
      "two or three from the air or the ground, so long as the difference in temperature is "
      "modest. That is why large radiators with lukewarm water are better than small ones "
      "that burn your fingers, and why a floor is best of all.",
      "Balancing a system means that every room gets its share and no more. The nearest "
      "radiator takes too much if nobody stops it, and the one at the far end of the house "
      "goes without. Turn down the valves closest to the boiler a quarter of a turn, wait a "
      "day, and feel the difference in the farthest room.",
      "Air in the pipes sounds like a brook. It gathers in the highest radiator and keeps "
      "the water out, so the top stays cold while the bottom is hot. Open the bleed screw "
      "half a turn, hold a cloth below it, and close it when water comes. Then look at the "
      "pressure gauge and top up.",
      "The outdoor unit wants room to breathe. Half a metre behind it, two metres in front, "
      "and nothing that can blow in: leaves, straw, drifting snow. In damp weather around "
      "zero it will stop now and then and melt the frost from its fins. The steam frightens "
      "the neighbours, but it is only water.",
      "Set the heating curve once, in the cold, and then leave it alone. A curve that is "
      "one step too high costs as much as a window left open. Change it by one, wait two "
      "days, and write the date inside the lid. In a year you will have a record that no "
      "installer could have given you.",
      "Hot water for washing is another matter than heat for rooms. It must reach sixty "
      "degrees now and then, or bacteria will thrive in the tank. Most pumps do this once a "
      "week with an electric element. Do not switch it off to save money; the saving is "
      "small and the risk is not.",
      "Old pipes hold surprises. In houses from before the war you may meet three metals in "
      "one cellar, each of them eating the next. Where copper meets steel there should be a "
      "brass fitting between. Where there is none, expect a leak within ten years, and most "
      "likely on the evening before a holiday.",
      "Noise travels through what is stiff. A pump on a concrete slab is heard less than "
      "one on the wall of a bedroom, and four rubber feet do more than a fence. Listen at "
      "night, when the street is quiet, before you sign that the work is done. Afterwards "
      "it is harder to move anything.",
    },
  },
  {
    { "The cellar's wiring, sorted out",
      "Before you drill",
      "A charger in the garage" },
    { "Safety first", "Doing it right" },
    {
      "Electricity is quiet until it is not. Before anything else, find the main switch, "
      "and make sure that everybody in the house can find it in the dark. Then open the box "
      "and see whether the labels tell the truth. In most houses every third one is wrong, "
      "because somebody moved a kitchen and forgot to move its name.",
      "A residual current device is the best money that was ever spent on a fuse box. It "
      "compares what goes out with what comes back, and cuts the power within a heartbeat "
      "when the two differ. Press its test button twice a year. If nothing happens, the "
      "button has just told you something important.",
      "Cloth-covered cable belongs in a museum. The rubber below the cloth has dried, and "
      "it falls off in crumbs when it is bent. It can lie still in a wall for another "
      "thirty years, but the day you hang a lamp on it you have begun a new installation, "
      "and that must follow the rules of today.",
      "Sockets in the cellar should sit at least half a metre above the floor. Water comes "
      "in by the drain when the street is flooded, and it comes without asking. Put the "
      "freezer's plug as high as its lead allows, and give the freezer a circuit of its "
      "own, so that a faulty drill cannot thaw it.",
      "A car takes more than a stove does, and takes it all night. The socket that fed a "
      "lawn mower without complaint will grow hot after an hour of charging, and it will do "
      "so in a wooden wall. A proper charger has its own cable from the box, its own "
      "breaker, and a device that sees direct current.",
      "Ask the network operator before you raise the main fuse. Sometimes the cable in the "
      "street is the limit, and then no new box will help. Load balancing is the answer "
      "more often than a larger fuse: the charger waits while the sauna is on, and nobody "
      "in the house notices the difference at breakfast.",
      "Draw a plan, even a bad one. A sketch on squared paper with lamps, switches and "
      "cables saves an afternoon for whoever comes next, and that may be you. Photograph "
      "the walls while they are open, with a folding rule in the picture. Keep it all in an "
      "envelope taped inside the door of the box.",
      "Smoke detectors are electricity too. The newest speak to one another by radio, so "
      "that a fire in the cellar wakes those who sleep on the second floor. Replace them "
      "after ten years whatever the test button says, since the sensor grows blind with "
      "age. The date of manufacture is on the back.",
      "What you may do yourself is a short list: change a fuse, change a plug, hang a lamp "
      "in a socket made for it. The rest is for somebody with a licence, not because it is "
      "difficult but because mistakes are silent. An insurance company reads the protocol "
      "before it reads your letter.",
    },
  },
  {
    { "Draining a lawn that never dries",
      "The hedge as a neighbour",
      "Paving that stays level" },
    { "The ground decides", "Tools and time" },
    {
      "Clay holds water as a bowl does. A lawn on clay can be raked, fed and sown each "
      "spring, and it will still be a marsh each autumn, because nothing has been done "
      "about where the water goes. Dig one hole with a spade, fill it with a bucket of "
      "water, and come back after an hour. The answer is in the hole.",
      "A drain needs a fall, a filter and an end. The pipe lies on crushed stone, is "
      "wrapped in cloth so that silt stays out, and leads to somewhere lower than where it "
      "began. It sounds simple, and it is, but half of all garden drains end blindly under "
      "a flower bed because the spade met a root.",
      "Hedges are planted too close and too near. A row of beech wants two plants a metre "
      "and a metre to the fence, or the neighbour will be cutting it for you. Water it the "
      "first two summers, even when it rains, and cut it back by a third in the first "
      "spring though it hurts to do so.",
      "Prune in the season that suits the tree, not in the one that suits the ladder. "
      "Apples want late winter, when the buds are asleep and the structure can be seen. "
      "Maples and birches bleed in spring and should wait until midsummer. Cherries are cut "
      "in August, so that no silver disease gets in through the wounds.",
      "Paving moves because the ground below it moves. Frost lifts what is wet, so the bed "
      "must be dry: twenty centimetres of crushed rock, packed in two layers, and three of "
      "sand to lay in. Whoever saves on the rock pays for it with a wheelbarrow and a sore "
      "back some three winters later.",
      "A compost heap works by itself if it is allowed to. Mix green and brown, keep it as "
      "damp as a wrung-out cloth, and turn it when you feel like it. It does not smell when "
      "there is air in it. If it does smell, it wants straw, leaves or torn cardboard, and "
      "nothing from a bottle.",
      "Felling near a house is a job for two, one of whom only watches. Decide where the "
      "tree is to lie before the saw is started, and clear the way out in the opposite "
      "direction. A birch of fifteen metres weighs a ton when it is wet, and it falls in "
      "the time it takes to say so.",
      "Soil is alive and does not like to be walked on. Lay a board where you have to "
      "stand, above all in spring when it is still soaked. One afternoon with a heavy "
      "machine undoes five years of worms. Where a digger has stood, loosen the ground with "
      "a fork before anything is planted there.",
      "The best time for most garden work is a fortnight later than you think. Seeds rot in "
      "cold earth, and what is sown in the middle of May has often overtaken what was sown "
      "in April. Use the early weeks for edges, for sharpening tools, and for the gate that "
      "has hung askew since the autumn.",
    },
  },
  {
    { "Paint that lasts ten winters",
      "The window frame's slow death",
      "Oil, soap and an oak floor" },
    { "Before the brush", "Coat upon coat" },
    {
      "Paint fails from behind. Moisture in the wood pushes it off, and no tin on the shelf "
      "can prevent that. Before a wall is painted its wood must be dry, below sixteen per "
      "cent, and what made it wet must be gone: a leaking gutter, earth against the boards, "
      "a climbing rose that never lets the sun in.",
      "Scraping is nine tenths of the work, and the only tenth that anybody sees is the "
      "last. Take away everything loose and leave everything fast. Wash with soda, rinse, "
      "and let it dry for two days of wind. Then prime the bare wood the same day, for grey "
      "wood holds on to paint poorly.",
      "Linseed oil paint is slow, and that is its virtue. It goes into the wood instead of "
      "lying on top of it, grows matt with the years instead of flaking, and can be "
      "freshened with a rag of boiled oil. It wants thin coats and patience: thick ones "
      "wrinkle, and the wrinkles remain for as long as you live there.",
      "Windows rot at the lower corners. Water runs down the glass, past putty that has "
      "cracked, and stays in the joint where two pieces of end grain meet. Press a knife "
      "there. If it goes in as into cheese, cut away the soft wood and splice in new "
      "heartwood. That is a morning's work, not a new window.",
      "An oak floor is sanded three times, each time with finer paper, and vacuumed between "
      "as if for a royal visit. One grain of sand from the coarse round draws a line "
      "through everything that follows. Work with the light from the window ahead of you, "
      "so that the scratches show while they can still be mended.",
      "Oil is put on generously and wiped off meanly. After a quarter of an hour nothing "
      "wet may remain on the surface, or it will be sticky for a month. Hang the rags "
      "outdoors, spread out; a heap of oily rags can catch fire by itself overnight. This "
      "is not a tale, it happens each year.",
      "Colours change with the light they are seen in. A sample the size of a stamp tells "
      "you nothing; paint a square metre on each wall, and look at it in the morning, in "
      "the evening and by lamplight. What was a calm grey in the shop may turn out to be "
      "lilac in a room that faces north.",
      "Between two coats there should be a night and a light hand with fine paper. The "
      "second coat sticks to the scratches, not to the shine. In cool weather make it two "
      "nights. The tin says four hours because it was tested in a laboratory at twenty- "
      "three degrees, and your stairwell is not one.",
      "Keep what is left over in a small jar with no air in it, and write on the lid: which "
      "room, which year, which number. In five years somebody will move a picture and want "
      "a spoonful of exactly that white. There are several hundred whites, and memory is "
      "good for perhaps two of them.",
    },
  },
};

/* These fit any topic. */
const char *kvar_demo_common_en[KVAR_DEMO_TOPIC_PARAGRAPHS] = {
  "Write down what you found before you write down what you did. A note made on the "
      "stairs, with the cold still in your fingers, is worth more than a page written on "
      "Friday. Others will read it who were not there: the one who takes over, the one who "
      "pays, and you yourself in three years' time.",
      "A photograph needs something in it that tells its size. A folding rule, a glove, a "
      "coin will do. Take one from far away and one from near, and take them again from the "
      "same places when you are done. Most disputes end when two pictures lie beside one "
      "another on the table.",
      "Agree on the price in words before you agree on it in figures. Say what is included, "
      "what is not, and what happens when the wall turns out to hide something else. "
      "Customers seldom mind paying for a surprise that they were warned about. They mind, "
      "with good reason, the one they read on the invoice.",
      "Tools are cheaper than time, but only those that are used. Before you buy one, "
      "borrow it for a day. Before you borrow it, ask whether the job returns each year. A "
      "sharp chisel and a straight level will outlive most machines, and neither of them "
      "has ever been left at home without its battery.",
      "There is always somebody who lives where you work. They have slept badly, they have "
      "covered a sofa with sheets, and they would like to know when it ends. Tell them each "
      "morning what the day will bring, and each evening what it brought. It costs four "
      "minutes and it saves the whole relation.",
      "Waste has to go somewhere, and somebody will ask where. Sort it as you tear it down, "
      "while each thing is still whole, since afterwards it is all rubble. Keep the "
      "receipts from the recycling yard together with the others. What is dangerous has its "
      "own box, its own label and its own day of the week.",
      "Weather is a colleague with opinions. Look at the forecast for the place and not for "
      "the town, and plan for the worse half of it. A tarpaulin that has been tied down at "
      "four o'clock is a small nuisance. One that should have been tied down at four is the "
      "only thing anybody remembers.",
      "Measure twice, and let somebody else measure the third time. It is not about trust. "
      "An eye that has once read forty-seven will read it again, whatever the tape says. "
      "Call the number across the room, and have it called back. Old carpenters do so, and "
      "they are old because they kept their fingers.",
      "The last hour belongs to the broom. A floor that is clean tells the customer that "
      "the rest is clean as well, also behind the panel where nobody looks. Put the "
      "furniture back, try the doors, and go round once with them. Whatever they point at "
      "is quicker to mend now than next Tuesday.",
};
