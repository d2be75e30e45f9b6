"""What people wrote, found and did in the year since. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Idea:
    """An idea answered without a project."""

    text: str
    category: str
    department: str
    answer: str
    is_accepted: bool = True


@dataclass(frozen=True)
class Tale:
    """A finished project and the ideas behind it; ``saving`` is one year's, in the factory's currency."""

    title: str
    department: str
    module: str
    tags: tuple[str, ...]
    category: str
    ideas: tuple[str, ...]
    problem: str
    measures: str
    result: str
    answer: str = ""
    standard: str = ""
    cost: int = 0
    saving: int = 0
    picture: str = ""


@dataclass(frozen=True)
class Fix:
    """A hazard and how it was fixed."""

    text: str
    category: str
    department: str
    likelihood: int
    severity: int
    control_type: str
    control: str


IDEAS = (
    Idea("Put a clock where the packing line can see it.", "OTHER", "PAK", "It hangs above table 2 now."),
    Idea("夜班时食堂只有冷饭，能不能有热汤？", "COMFORT", "KNT", "好主意。从下周起夜班有热汤。"),
    Idea(
        "Let us leave ten minutes early on Fridays.",
        "OTHER",
        "SEW",
        "The bus comes at six and cannot come sooner, so leaving early would mean waiting in the rain. "
        "We have asked the bus company about an earlier one.",
        False,
    ),
    Idea("Write the colour of the lot on the trolley, large.", "QUALITY", "DYE", "Done from Monday on."),
    Idea("车间的洗手液常常空了。", "COMFORT", "BRD", "每天早班前由保洁补满。"),
    Idea("Buy a second pallet truck for the goods coming in.", "DELIVERY", "WHS", "It arrives this month."),
    Idea(
        "换成每月上四天夜班、休三天。",
        "OTHER",
        "DYE",
        "我们算过，这样每班会少六个人。我们会在下次会议上一起讨论别的办法。",
        False,
    ),
    Idea("A hook for the scissors at each table, please.", "QUALITY", "SEW", "Two hooks at every table."),
    Idea(
        "Tell us the day before when there will be overtime.",
        "COMMUNICATION",
        "PAK",
        "You are right. The list hangs out by three o'clock of the day before.",
    ),
    Idea("换班交接时间太短，机器情况说不清。", "QUALITY", "KNT", "交接时间加到十分钟，有一张交接表。"),
    Idea("Repair the light in the second stairwell.", "SAFETY", "WHS", "Repaired the same day."),
    Idea(
        "Give every line a radio of its own.",
        "COMFORT",
        "BRD",
        "Warnings must be heard there. In the break room there is one now.",
        False,
    ),
    Idea("Collect the paper cores; the supplier takes them back.", "ENVIRONMENT", "KNT", "Agreed with him."),
    Idea("Explain the pay slip to those who are new.", "COMMUNICATION", "HR", "Every first Monday at noon."),
    Idea("孕期的同事可以早五分钟下班，避开拥挤。", "GENDER", "SEW", "从今天起可以，向班长说一声就好。"),
    Idea("A bench outside, in the shade.", "COMFORT", "PAK", "Two benches stand by the north wall."),
    Idea(
        "Test the lot on a small sample before we dye it all.", "QUALITY", "DYE", "A trial runs for a month."
    ),
    Idea(
        "Let the night shift see the doctor as well.",
        "GENDER",
        "HR",
        "The nurse is here on Tuesday nights from next month on.",
    ),
    Idea("More umbrellas at the gate.", "OTHER", "WHS", "Forty more; please bring them back."),
    Idea(
        "Fewer colours in one order would save a lot of washing.",
        "COST",
        "DYE",
        "The buyer decides this. We have passed it on and will tell you what he says.",
        False,
    ),
    Idea("把常用的针放在机器旁边的小盒子里。", "DELIVERY", "KNT", "每台机器一个盒子，已经发下去了。"),
    Idea(
        "Sort the labels by size, not by day.", "QUALITY", "PAK", "Tried for a week, it is better. It stays."
    ),
    Idea("Let new people work beside an old hand for two weeks.", "OTHER", "SEW", "So we do from now on."),
)

PROJECTS = (
    Tale(
        "Spare parts found at once",
        "ENG",
        "LEAN",
        ("5S",),
        "DELIVERY",
        ("Nobody finds a belt in the parts room without moving ten boxes.",),
        "Finding a spare part took 14 minutes on average (20 searches timed).",
        "Threw out what fits no machine, labelled boxes, one shelf for each kind of machine.",
        "Two minutes on average (20 searches timed).",
        "Every box has its place and its name now. Thank you!",
        "Who takes the last but one writes it on the list at the door.",
        cost=640,
        saving=9200,
        picture="shelf",
    ),
    Tale(
        "Dry steps to the dye house",
        "DYE",
        "OSH",
        ("safety",),
        "SAFETY",
        ("染色车间门口的台阶总是湿的，很滑。", "Please put a hand rail on the steps of the dye house."),
        "Three people slipped on the wet steps in two months.",
        "Rubber treads, a hand rail, yellow edges and a gutter that leads the water off.",
        "No fall in ten weeks.",
        "台阶装了防滑垫和扶手。谢谢！",
        "The treads are looked at in each monthly walk-round.",
        cost=1850,
        picture="stairs",
    ),
    Tale(
        "Heat recovered from the boarding machines",
        "BRD",
        "CP",
        ("energy", "environment"),
        "ENVIRONMENT",
        (),
        "Hot water of 70 °C ran into the drain all day.",
        "A heat exchanger warms the water for washing.",
        "Gas bill of the wash house down by 11 % against the same months of the year before.",
        cost=14200,
        saving=31000,
    ),
    Tale(
        "A room to rest for nursing and pregnant colleagues",
        "HR",
        "GE",
        ("gender_practice", "women_facility"),
        "GENDER",
        ("怀孕的同事需要一个可以坐下休息的地方。",),
        "There was no place to rest or to pump milk.",
        "A room beside the clinic with a lock, two couches, a refrigerator and water.",
        "Used 31 times in its first month.",
        "The room is open to whoever needs it. The key is with the nurse.",
        cost=5200,
    ),
    Tale(
        "Fewer needles broken",
        "KNT",
        "QM",
        ("quality", "productivity"),
        "QUALITY",
        ("Yarn with knots breaks our needles. Check the cones before they come to us.",),
        "62 needles a week broke on 40 machines.",
        "Cones are looked at when they come in; those with knots go back.",
        "35 needles a week over six weeks.",
        "Cones with knots go back to the supplier now.",
        cost=300,
        saving=8700,
    ),
    Tale(
        "Exit of the warehouse kept free",
        "WHS",
        "OSH",
        ("safety", "5S"),
        "SAFETY",
        ("There are always boxes in front of the exit.",),
        "The exit was blocked on 9 of 20 days looked at.",
        "A yellow field on the floor, a rack for what goes out the same day.",
        "Free on 20 of 20 days looked at.",
        "The exit is marked and free. If you see a box there, tell us.",
        "The shift leader looks twice a day and signs.",
        cost=780,
        picture="exit",
    ),
    Tale(
        "A board where each line sees its day",
        "SEW",
        "WPC",
        ("communication",),
        "COMMUNICATION",
        ("We only hear how we did at the end of the month.",),
        "Output and defects were told once a month.",
        "A white board at every line, filled in every two hours, five minutes in front of it each morning.",
        "Asked 40 people: 34 know yesterday's result, before it was 9.",
        "Every line has its board now.",
        cost=420,
    ),
    Tale(
        "Less thread thrown away",
        "SEW",
        "CP",
        ("environment", "productivity"),
        "COST",
        ("线轴上剩下的线都扔了，可以用来打样。",),
        "38 kg of thread a month went into the bin.",
        "Rests go to the sample room; spools are wound to the length of the order.",
        "12 kg a month over three months.",
        "剩线现在送到打样间用。谢谢您！",
        saving=6400,
    ),
    Tale(
        "Trained on a second machine",
        "KNT",
        "HR",
        ("training", "productivity"),
        "OTHER",
        (),
        "When a setter was ill, six machines stood still.",
        "Eight operators learned to set up; each of them has a card that says on which machine.",
        "No machine stood still for want of a setter in eight weeks.",
        cost=2600,
        saving=18000,
    ),
    Tale(
        "Quieter compressor room",
        "ENG",
        "OSH",
        ("safety",),
        "COMFORT",
        ("空压机房旁边太吵，说话都听不见。",),
        "88 dB(A) at the nearest work place.",
        "A door that closes by itself, and mats under the machines.",
        "79 dB(A) at the same place.",
        "现在安静多了，您听听看。",
        cost=3100,
    ),
    Tale(
        "Right first time at final inspection",
        "QA",
        "QM",
        ("quality",),
        "QUALITY",
        ("Show us a good and a bad pair, then we need not ask each time.",),
        "Inspectors disagreed about 17 of 100 pairs.",
        "A board with 24 samples, good and bad, and a lamp of the same light at each table.",
        "They disagree about 6 of 100 pairs.",
        "The samples hang at every table.",
        "The board is renewed each season.",
        cost=560,
        saving=7300,
    ),
    Tale(
        "Clean drinking water on every floor",
        "BRD",
        "WPC",
        ("welfare",),
        "COMFORT",
        ("二楼没有饮水机，大家要跑到一楼。", "A water dispenser near boarding would be good in summer."),
        "One dispenser for 240 people.",
        "Two more, with cups that are washed.",
        "Asked 30 people: 28 content.",
        "二楼装好饮水机了。谢谢！",
        cost=4600,
    ),
    Tale(
        "Orders packed without searching",
        "PAK",
        "LEAN",
        ("5S", "productivity"),
        "DELIVERY",
        ("Put cartons, tape and labels of one order on one trolley.",),
        "A packer walked 2.1 km a shift.",
        "A trolley for each order, filled the evening before.",
        "0.9 km a shift (five packers, three days).",
        "The trolleys stay. It was a good idea.",
        saving=12400,
    ),
    Tale(
        "Lamps that need half the current",
        "WHS",
        "CP",
        ("energy",),
        "COST",
        (),
        "Old tubes burned day and night.",
        "New lamps, and a sensor that dims them where nobody is.",
        "Current for light down from 4,100 to 1,900 kWh a month.",
        cost=9800,
        saving=15800,
    ),
    Tale(
        "Complaints answered in a week",
        "HR",
        "HR",
        ("communication", "welfare"),
        "COMMUNICATION",
        ("When we ask something about pay, nobody answers for a month.",),
        "Questions about pay took 23 days on average.",
        "One person answers, a list on the door shows which question is answered.",
        "Five days on average over the last 40 questions.",
        "Questions are answered within a week now. Hold us to it.",
    ),
    Tale(
        "Safe hands at the boarding forms",
        "BRD",
        "OSH",
        ("safety", "training"),
        "SAFETY",
        ("新来的同事常常被烫到，要先教他们怎么拿。",),
        "Seven burns in a quarter, five of them among new people.",
        "Gloves that stand the heat, half a day of practice before the first shift.",
        "One burn in the quarter after.",
        "谢谢您提醒我们。现在每个新同事先练习半天。",
        cost=1150,
    ),
    Tale(
        "Women lead more lines",
        "SEW",
        "GE",
        ("gender_practice", "training"),
        "GENDER",
        ("Many of us could lead a line if we were asked.",),
        "Four of twelve line leaders were women; three of four operators are.",
        "Posts are announced openly; a course of six evenings with the bus home paid for.",
        "Seven of twelve line leaders are women.",
        "The next course begins in spring. Please come.",
        cost=2900,
    ),
    Tale(
        "Dye weighed to the gram",
        "DYE",
        "QM",
        ("quality", "environment"),
        "QUALITY",
        ("The old scale shows something else every time.",),
        "9 of 100 lots had to be dyed a second time.",
        "A new scale, tested each Monday with a known weight.",
        "4 of 100 lots in the last two months.",
        "There is a new scale, and the old one is gone.",
        cost=3900,
        saving=21500,
    ),
)

HAZARDS = (
    Fix(
        "The plug of the iron is cracked.",
        "ELECTRICAL",
        "PAK",
        4,
        4,
        "ELIMINATION",
        "A new iron; the old one was scrapped.",
    ),
    Fix("缝头机三号的护罩松了。", "MACHINE_GUARDING", "SEW", 3, 4, "ENGINEERING", "护罩重新固定，换了螺丝。"),
    Fix(
        "The floor by the washing machines is wet.",
        "SLIPS",
        "DYE",
        4,
        3,
        "ENGINEERING",
        "The hose was renewed.",
    ),
    Fix(
        "Boxes are stacked five high.",
        "HEIGHT",
        "WHS",
        3,
        4,
        "ADMINISTRATIVE",
        "Three high at most; a line on the wall.",
    ),
    Fix(
        "No gloves of small size for mixing dye.",
        "PPE",
        "DYE",
        3,
        3,
        "PPE",
        "Gloves in four sizes at the mixing place.",
    ),
    Fix("整烫区太热，有人头晕。", "HEAT", "BRD", 4, 4, "ENGINEERING", "装了两台排风扇，增加休息时间。"),
    Fix(
        "The fire extinguisher in packing is empty.",
        "FIRE_EXIT",
        "PAK",
        2,
        5,
        "ADMINISTRATIVE",
        "Filled, and looked at each month.",
    ),
    Fix(
        "Fork-lift and people cross at the gate.",
        "VEHICLES",
        "WHS",
        3,
        5,
        "ENGINEERING",
        "A mirror and a barrier.",
    ),
    Fix(
        "A needle fell behind the table and was not found.",
        "OTHER",
        "QA",
        2,
        3,
        "ADMINISTRATIVE",
        "Needles are counted at the end of each shift.",
    ),
    Fix("飞絮很多，机器后面看不清。", "DUST", "KNT", 4, 3, "ENGINEERING", "每台机器加装吸尘口，每班清理。"),
    Fix(
        "The first-aid box on the second floor is empty.",
        "EMERGENCY",
        "SEW",
        3,
        3,
        "ADMINISTRATIVE",
        "Filled; the nurse looks on the first of the month.",
    ),
    Fix(
        "The chair at inspection table 5 is broken.",
        "ERGONOMICS",
        "QA",
        3,
        2,
        "ELIMINATION",
        "Ten new chairs.",
    ),
    Fix(
        "The steam pipe leaks near the door.",
        "PRESSURE",
        "BRD",
        3,
        4,
        "ENGINEERING",
        "The pipe was welded and tested.",
    ),
    Fix("女厕的灯坏了两周。", "LIGHT", "KNT", 3, 2, "ENGINEERING", "换了灯，以后三天内修好。"),
    Fix(
        "Acid stands beside bleach.",
        "CHEMICAL",
        "DYE",
        2,
        5,
        "SUBSTITUTION",
        "Two cupboards in two rooms; a milder acid is used.",
    ),
    Fix(
        "The ladder of the store room lacks a foot.",
        "HEIGHT",
        "ENG",
        3,
        4,
        "ELIMINATION",
        "Scrapped; a new ladder hangs there.",
    ),
    Fix(
        "The grinder throws sparks towards the aisle.",
        "MACHINE_GUARDING",
        "ENG",
        3,
        4,
        "ENGINEERING",
        "A screen stands around it.",
    ),
    Fix(
        "A pregnant colleague lifts cones of 12 kg.",
        "MATERNITY",
        "KNT",
        3,
        4,
        "ADMINISTRATIVE",
        "Lighter work from the day she tells us; the list hangs out.",
    ),
    Fix("地上的电线把人绊倒了。", "SLIPS", "SEW", 4, 3, "ENGINEERING", "电线都走上面的线槽。"),
)
