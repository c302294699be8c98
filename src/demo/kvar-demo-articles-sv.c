/* kvar-demo-articles-sv.c: the Swedish paragraphs that the sample's articles are made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-demo-data-private.h"

const KvarDemoTopic kvar_demo_topics_sv[KVAR_DEMO_N_TOPICS] = {
  {
    { "Att läsa ett tak från marken",
      "Vad stormen gör med pannorna",
      "Hängrännor och vart vattnet tar vägen" },
    { "Det man ser", "Börja här" },
    {
      "Den som vill förstå ett tak börjar på andra sidan gatan. Därifrån syns nocken, och "
      "man ser om den är lika rak som den dag då den lades. En svacka på mitten betyder att "
      "något därunder har gett efter: en takstol, en skarv eller bara en läkt. Det är den "
      "billigaste mätning som finns, och den som flest hoppar över.",
      "Pannor faller sällan utan orsak. När en ligger på gräsmattan efter en blåsig natt "
      "har grannarna oftast suttit löst i flera år, och spikarna som skulle hålla var "
      "tredje rad har rostat av. Räkna luckorna, fotografera dem och skriv upp på vilken "
      "sida av huset de sitter. Vinden brukar komma tillbaka från samma håll.",
      "Mossa är inte den fiende som den görs till, men den är en tvättsvamp. Den håller "
      "vattnet mot teglet långt efter att regnet har slutat, och i januari blir det vattnet "
      "till is som lyfter ytan av pannan i flagor. Borsta bort den i torrt väder, från "
      "nocken och nedåt, och aldrig med högtryckstvätt.",
      "Underlagspappen är det tak som ingen ser. Pannorna leder undan det mesta av regnet "
      "och pappen tar hand om resten. Papp från sjuttiotalet är spröd vid det här laget: "
      "den spricker när man lyfter en panna för att titta. Där dagsljuset syns mellan "
      "brädorna på vinden hittar också vattnet in.",
      "Skorstenar läcker mycket oftare vid plåten än genom teglet. Plåten har böjts av två "
      "generationer sotare, och bruket som en gång höll dess övre kant är borta. En ny "
      "krage tar en dag, och ställningen till den tar en dag till. Gör båda sidorna på en "
      "gång, för den andra kostar då nästan ingenting.",
      "En hängränna ska luta tre millimeter per meter, och den ska luta mot ett rör som är "
      "öppet. Häll en hink vatten i den bortre änden och titta på. Om det blir stående "
      "någonstans i mer än en minut samlas löven där i oktober, och i november börjar "
      "skarven att droppa.",
      "Snörasskydd sätts upp för dem som går därunder, inte för takets skull. De hör hemma "
      "ovanför varje dörr och varje gång som någon använder på vintern. Se efter att de är "
      "skruvade i takstolarna och inte bara i läkten. En kubikmeter blöt snö väger lika "
      "mycket som en liten bil.",
      "Det är luften som håller taket torrt inifrån. Varm luft stiger genom vindsbjälklaget "
      "och bär vatten med sig, och det vattnet måste släppas ut vid nocken. När isoleringen "
      "har tryckts ända ut i takfoten står luften stilla, och inom två vintrar syns det "
      "svarta prickar på råsponten.",
      "Priset varierar mer än arbetet. Fråga tre firmor, och ställ samma fem frågor till "
      "var och en: vilket underlag, hur många snörasskydd, vem forslar bort det gamla "
      "teglet, vem äger ställningen, och vad händer om det regnar mitt i. Svaren säger mer "
      "än summan längst ned på sidan.",
    },
  },
  {
    { "Värme som kommer dit den ska",
      "Att leva med en värmepump",
      "Elementet som aldrig blir varmt" },
    { "Så fungerar det", "När det inte gör det" },
    {
      "Ett hus förlorar värme på tre sätt, och bara ett av dem är fönstren. Vinden tar "
      "mest, draget under dörrarna kommer därnäst, och glaset är trea. Den som börjar med "
      "nya fönster har börjat i fel ände med pengarna. Börja med en rulle isolering och en "
      "tub fogmassa, och gå sedan runt med ett tänt ljus.",
      "En värmepump flyttar värme i stället för att göra den. För varje del el hämtar den "
      "två eller tre ur luften eller berget, så länge skillnaden i temperatur är måttlig. "
      "Därför är stora element med ljummet vatten bättre än små som bränner fingrarna, och "
      "därför är ett varmt golv allra bäst.",
      "Att injustera ett system betyder att varje rum får sin del och inte mer. Det "
      "närmaste elementet tar för mycket om ingen hejdar det, och det som sitter längst "
      "bort blir utan. Vrid ned ventilerna närmast pannan ett kvarts varv, vänta ett dygn, "
      "och känn efter i det rum som ligger längst bort.",
      "Luft i rören låter som en bäck. Den samlas i det högsta elementet och stänger "
      "vattnet ute, så att överdelen förblir kall medan underdelen är het. Öppna "
      "luftskruven ett halvt varv, håll en trasa under den, och stäng när det kommer "
      "vatten. Titta sedan på manometern och fyll på om den visar för lite.",
      "Utedelen behöver plats att andas. En halv meter bakom, två meter framför, och "
      "ingenting som kan blåsa in: löv, halm, yrsnö. I fuktigt väder kring nollan stannar "
      "den då och då och smälter frosten av sina lameller. Ångan skrämmer grannarna, men "
      "den är bara vatten och går över på några minuter.",
      "Ställ in värmekurvan en gång, när det är kallt, och låt den sedan vara. En kurva som "
      "är ett steg för hög kostar lika mycket som ett fönster på glänt. Ändra ett steg, "
      "vänta två dygn, och skriv datumet på insidan av luckan. Om ett år har du en dagbok "
      "som ingen installatör hade kunnat ge dig.",
      "Tappvarmvatten är en annan sak än värme i rummen. Det måste upp i sextio grader då "
      "och då, annars trivs bakterierna i beredaren. De flesta pumpar gör det en gång i "
      "veckan med en elpatron. Stäng inte av den för att spara; besparingen är liten, och "
      "det är inte risken.",
      "Gamla rör bjuder på överraskningar. I hus från före kriget kan man möta tre metaller "
      "i samma källare, där den ena fräter på den andra. Där koppar möter stål ska det "
      "sitta en koppling av mässing emellan. Saknas den får man räkna med en läcka inom tio "
      "år, och troligen kvällen före en helg.",
      "Ljud går genom det som är styvt. En pump på en gjuten platta hörs mindre än en på "
      "sovrummets vägg, och fyra gummifötter gör mer nytta än ett plank. Lyssna på natten, "
      "när gatan är tyst, innan du skriver under på att arbetet är klart. Efteråt är det "
      "svårare att flytta på någonting.",
    },
  },
  {
    { "Ordning på elen i källaren",
      "Innan du borrar",
      "Laddare i garaget" },
    { "Säkerheten först", "Att göra det rätt" },
    {
      "El är tyst ända tills den inte är det. Leta först av allt upp huvudbrytaren, och se "
      "till att alla i huset hittar den i mörker. Öppna sedan centralen och kontrollera om "
      "skyltarna talar sanning. I de flesta hus är var tredje fel, för någon har flyttat "
      "ett kök och glömt att flytta dess namn.",
      "En jordfelsbrytare är de bästa pengar som någonsin har lagts på en elcentral. Den "
      "jämför det som går ut med det som kommer tillbaka, och bryter inom ett hjärtslag när "
      "de två skiljer sig åt. Tryck på provknappen två gånger om året. Händer ingenting har "
      "knappen just berättat något viktigt för dig.",
      "Tygklädd kabel hör hemma på museum. Gummit under tyget har torkat och faller av i "
      "smulor när det böjs. Den kan ligga stilla i en vägg i trettio år till, men den dag "
      "du hänger en lampa i den har du börjat en ny installation, och den ska följa de "
      "regler som gäller i dag.",
      "Uttag i källaren ska sitta minst en halv meter över golvet. Vattnet kommer in genom "
      "brunnen när gatan svämmar över, och det kommer utan att fråga. Sätt frysens kontakt "
      "så högt som sladden räcker, och ge frysen en egen grupp, så att en trasig borrmaskin "
      "inte kan tina den medan ni är bortresta.",
      "En bil tar mer än en spis, och den gör det hela natten. Uttaget som har matat "
      "gräsklipparen utan att klaga blir hett efter en timmes laddning, och det sitter i en "
      "trävägg. En riktig laddbox har egen kabel från centralen, egen säkring, och ett "
      "skydd som märker likström.",
      "Fråga nätbolaget innan du höjer huvudsäkringen. Ibland är det kabeln i gatan som "
      "sätter gränsen, och då hjälper ingen ny central. Lastbalansering är oftare svaret än "
      "en större säkring: laddaren väntar medan bastun är på, och ingen i huset märker "
      "någon skillnad vid frukosten.",
      "Rita en plan, om så en dålig. En skiss på rutat papper med lampor, brytare och "
      "kablar sparar en eftermiddag för den som kommer härnäst, och det kan vara du själv. "
      "Fotografera väggarna medan de är öppna, med en tumstock i bilden. Spara allt i ett "
      "kuvert som tejpas på insidan av centralens dörr.",
      "Brandvarnare är också el. De nyaste talar med varandra genom luften, så att en brand "
      "i källaren väcker dem som sover på andra våningen. Byt dem efter tio år vad "
      "provknappen än säger, för givaren blir blind med åldern. Tillverkningsdatum står på "
      "baksidan, och det är det som räknas.",
      "Det du får göra själv är en kort lista: byta en propp, byta en stickpropp, hänga upp "
      "en lampa i ett uttag som är gjort för den. Resten är till för den som har "
      "behörighet, inte för att det är svårt utan för att felen är tysta. "
      "Försäkringsbolaget läser protokollet innan det läser ditt brev.",
    },
  },
  {
    { "Gräsmattan som aldrig torkar",
      "Häcken som granne",
      "Plattor som ligger kvar" },
    { "Marken bestämmer", "Redskap och tid" },
    {
      "Lera håller vatten som en skål. En gräsmatta på lera kan krattas, gödslas och sås om "
      "varje vår, och den blir ändå en mosse varje höst, eftersom ingenting har gjorts åt "
      "vart vattnet ska ta vägen. Gräv en grop med spaden, häll i en hink vatten, och kom "
      "tillbaka efter en timme. Svaret står i gropen.",
      "En dränering behöver ett fall, ett filter och ett slut. Röret ligger på makadam, är "
      "lindat i duk så att slammet stannar utanför, och leder till något som är lägre än "
      "där det började. Det låter enkelt och är det, men hälften av alla rör slutar blint "
      "under en rabatt för att spaden mötte en rot.",
      "Häckar planteras för tätt och för nära. En rad med bok vill ha två plantor på metern "
      "och en meter till staketet, annars får grannen klippa den åt dig. Vattna de två "
      "första somrarna, också när det regnar, och skär ned den med en tredjedel den första "
      "våren fast det gör ont att göra det.",
      "Beskär på den årstid som passar trädet, inte på den som passar stegen. Äpplen vill "
      "ha senvinter, när knopparna sover och man ser hur grenarna sitter. Lönn och björk "
      "blöder på våren och bör vänta till efter midsommar. Körsbär tas i augusti, så att "
      "ingen silverglans kommer in genom såren.",
      "Plattor rör sig för att marken under dem rör sig. Tjälen lyfter det som är vått, så "
      "bädden måste vara torr: tjugo centimeter bergkross, packad i två lager, och tre "
      "centimeter sand att lägga i. Den som sparar på krosset får betala med en skottkärra "
      "och en öm rygg ungefär tre vintrar senare.",
      "En kompost sköter sig själv om den får. Blanda grönt och brunt, håll den fuktig som "
      "en urvriden trasa, och vänd den när andan faller på. Den luktar inte så länge det "
      "finns luft i den. Luktar den ändå vill den ha halm, löv eller riven kartong, och "
      "ingenting som kommer ur en flaska.",
      "Att fälla ett träd nära ett hus är ett arbete för två, varav den ene bara tittar. "
      "Bestäm var trädet ska ligga innan sågen startas, och röj vägen ut åt motsatt håll. "
      "En björk på femton meter väger ett ton när den är blöt, och den faller på den tid "
      "som det tar att säga det.",
      "Jorden lever och tycker inte om att bli gådd på. Lägg ut en bräda där du måste stå, "
      "framför allt på våren medan den ännu är genomsur. En eftermiddag med en tung maskin "
      "gör om intet fem års arbete av maskar. Där en grävare har stått ska marken luckras "
      "med grep innan något planteras.",
      "Den bästa tiden för det mesta i en trädgård är två veckor senare än man tror. Frön "
      "ruttnar i kall jord, och det som sås i mitten av maj har ofta hunnit om det som "
      "såddes i april. Använd de tidiga veckorna till kanter, till att slipa verktyg, och "
      "till grinden som har hängt på sned sedan i höstas.",
    },
  },
  {
    { "Färg som håller tio vintrar",
      "Fönsterbågens långsamma död",
      "Olja, såpa och ett golv av ek" },
    { "Före penseln", "Strykning efter strykning" },
    {
      "Färg släpper bakifrån. Fukten i virket trycker av den, och det hjälper ingen burk på "
      "hyllan mot. Innan en vägg målas ska träet vara torrt, under sexton procent, och det "
      "som gjorde det vått ska vara borta: en läckande ränna, jord mot brädorna, en "
      "klängros som aldrig släpper in solen.",
      "Skrapandet är nio tiondelar av arbetet, och den enda tiondel som någon ser är den "
      "sista. Ta bort allt som sitter löst och låt allt som sitter fast vara kvar. Tvätta "
      "med målarsoda, skölj, och låt det torka i två dagar med vind. Grunda sedan det bara "
      "träet samma dag, för grånat trä håller färgen dåligt.",
      "Linoljefärg är långsam, och det är dess dygd. Den går in i träet i stället för att "
      "ligga utanpå, mattas med åren i stället för att flagna, och kan friskas upp med en "
      "trasa kokt olja. Den vill ha tunna strykningar och tålamod: tjocka skrynklar sig, "
      "och skrynklorna är kvar så länge du bor där.",
      "Fönster ruttnar i de nedre hörnen. Vattnet rinner utefter glaset, förbi kitt som har "
      "spruckit, och stannar i fogen där två ändar av trä möts. Tryck med en kniv. Går den "
      "in som i ost skär man bort det mjuka och skarvar i ny kärnfura. Det är en förmiddags "
      "arbete och inte ett nytt fönster.",
      "Ett ekgolv slipas tre gånger, varje gång med finare papper, och dammsugs däremellan "
      "som inför ett kungabesök. Ett enda sandkorn från den grova omgången drar ett streck "
      "genom allt som följer. Arbeta med ljuset från fönstret framför dig, så att reporna "
      "syns medan de ännu går att göra något åt.",
      "Oljan läggs på generöst och torkas av snålt. Efter en kvart får det inte finnas "
      "något blött kvar på ytan, annars klibbar den i en månad. Häng trasorna utomhus, "
      "utbredda; en hög med oljiga trasor kan börja brinna av sig själv under natten. Det "
      "är ingen skröna, det händer varje år.",
      "Kulörer ändras med det ljus som de ses i. Ett prov av ett frimärkes storlek säger "
      "ingenting; måla en kvadratmeter på varje vägg, och titta på den på morgonen, på "
      "kvällen och i lampsken. Det som var en stillsam grå i affären kan visa sig vara lila "
      "i ett rum som vetter åt norr.",
      "Mellan två strykningar ska det gå en natt, och så en lätt hand med fint papper. Den "
      "andra strykningen fäster i reporna, inte i glansen. I svalt väder blir det två "
      "nätter. På burken står det fyra timmar för att den har provats i ett laboratorium "
      "vid tjugotre grader, och det är inte din trappuppgång.",
      "Spara det som blir över i en liten burk utan luft, och skriv på locket: vilket rum, "
      "vilket år, vilket nummer. Om fem år flyttar någon på en tavla och vill ha en sked av "
      "just den vita. Det finns flera hundra vita, och minnet räcker kanske till två av "
      "dem.",
    },
  },
};

/* These fit any topic. */
const char *kvar_demo_common_sv[KVAR_DEMO_TOPIC_PARAGRAPHS] = {
  "Skriv ned vad du fann innan du skriver ned vad du gjorde. En anteckning som är gjord "
      "i trappan, med kylan kvar i fingrarna, är värd mer än en sida som skrivs på "
      "fredagen. Andra ska läsa den som inte var där: den som tar över, den som betalar, "
      "och du själv om tre år.",
      "Ett fotografi behöver något i sig som visar storleken. En tumstock, en handske eller "
      "ett mynt duger. Ta ett på långt håll och ett på nära, och ta om dem från samma "
      "ställen när du är färdig. De flesta tvister tar slut när två bilder ligger bredvid "
      "varandra på bordet.",
      "Kom överens om priset i ord innan ni kommer överens om det i siffror. Säg vad som "
      "ingår, vad som inte gör det, och vad som händer när väggen visar sig dölja något "
      "annat. Kunder har sällan något emot att betala för en överraskning som de har "
      "varnats för. Det är den på fakturan de minns.",
      "Verktyg är billigare än tid, men bara de som används. Innan du köper ett, låna det "
      "en dag. Innan du lånar det, fråga dig om arbetet kommer igen varje år. Ett vasst "
      "stämjärn och ett rakt vattenpass överlever de flesta maskiner, och inget av dem har "
      "någonsin glömts hemma utan batteri.",
      "Det finns alltid någon som bor där du arbetar. De har sovit dåligt, de har täckt en "
      "soffa med lakan, och de skulle gärna veta när det tar slut. Berätta varje morgon vad "
      "dagen ska ge, och varje kväll vad den gav. Det kostar fyra minuter, och det räddar "
      "hela förhållandet till kunden.",
      "Avfall måste ta vägen någonstans, och någon kommer att fråga vart. Sortera medan du "
      "river, så länge varje sak är hel, för efteråt är allting bråte. Spara kvittona från "
      "återvinningen tillsammans med de andra. Det som är farligt har sin egen låda, sin "
      "egen etikett och sin egen dag i veckan.",
      "Vädret är en arbetskamrat med åsikter. Titta på prognosen för platsen och inte för "
      "staden, och planera för den sämre hälften av den. En presenning som bands fast "
      "klockan fyra är ett litet besvär. Den som borde ha bundits fast klockan fyra är det "
      "enda som någon minns av hela sommaren.",
      "Mät två gånger, och låt någon annan mäta den tredje. Det handlar inte om förtroende. "
      "Ett öga som en gång har läst fyrtiosju läser det igen, vad måttbandet än säger. Ropa "
      "talet tvärs över rummet och låt det ropas tillbaka. Gamla snickare gör så, och de är "
      "gamla för att de har fingrarna kvar.",
      "Den sista timmen tillhör kvasten. Ett golv som är rent berättar för kunden att "
      "resten också är rent, även bakom panelen där ingen tittar. Ställ tillbaka möblerna, "
      "prova dörrarna, och gå ett varv tillsammans med dem. Vad de än pekar på går fortare "
      "att ordna nu än nästa tisdag.",
};
