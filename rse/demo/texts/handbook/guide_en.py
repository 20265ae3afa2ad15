"""The welcome guide in English, five short pages."""

from __future__ import annotations

from .page import HandbookPage

GUIDE_EN = (
    HandbookPage(
        "premiere-semaine",
        "Your first week",
        "What will happen, day by day, and what nobody expects of you.",
        """Nobody expects you to remember everything. We expect you to ask.

## The first day

You are expected at reception at the time given in the message of the day before, with the first name of the person who will fetch you. You get a badge, a locker and your equipment. At noon, someone has lunch with you.

## The following days

- **Tuesday**: tour of the workshop, along the way that a part follows.
- **Wednesday**: your first real piece of work. Small, useful, to be finished by Friday.
- **Thursday**: coffee with your buddy.
- **Friday**: half an hour with your manager. One question only: what did you miss?

## In a shift team

You spend your first week on the hours of the team, never alone. The handover is spoken, ten minutes before the shift begins. That is where everything is said.
""",
        "en",
    ),
    HandbookPage(
        "se-reperer",
        "Finding your way",
        "Buildings, shuttles, canteens, and the mystery of building 3.",
        """## The sites

| Site | What is made there | Good to know |
| --- | --- | --- |
| Nantes | Melting, moulding, core making | Building 3 stands between 5 and 7 |
| Saint-Nazaire | Sheet metal, welding, machining | Shuttle from Nantes three times a day |
| Lyon | Precision machining, investment casting, laboratory | Room 3 is on the second floor |
| Lille | Moulding, heat treatment | Chips on Thursdays |
| Porto | Machining, finishing | One hour behind France |

## Moving around

In the workshops we walk on the green aisles, in safety shoes, and we catch the driver's eye before we cross. Always.

## Eating and resting

The canteen opens at 11:30. The round table near the window is for anyone. Night shifts have their own warm room; the key is at the gate.
""",
        "en",
    ),
    HandbookPage(
        "qui-demander",
        "Whom to ask",
        "Who does what for you during the first three months.",
        """## Four people to begin with

- **Your buddy**: places, people, habits. Does not assess, does not report.
- **Your manager**: work, priorities, hours. Sees the ticked steps of your journey, never what you write.
- **HR of your site**: contract, pay, housing, training. See your whole journey, and every reading is recorded.
- **IT support**: access, telephone, forgotten password.

## For everything else

Ask in a community. If you do not know which one, your cohort is always right: two people from the previous cohort usually answer within the day.

## If something is wrong

You can report a message or a behaviour, or ask to speak to a trained person. Nobody in your management line handles a report about themselves.
""",
        "en",
    ),
    HandbookPage(
        "rapport-etonnement",
        "The astonishment report",
        "Say what astonishes you while you still see it.",
        """After six weeks you still see what we no longer see. That is precious, and it does not last.

## What can I write?

What you saw, what you expected, what you liked, what seemed strange. Facts rather than judgements about people. Three lines are enough.

## Who reads it?

You choose: HR only, a wider circle, or a publication without your name. **Your manager cannot read it before the end of your trial period.** Nobody can change that rule, not even the administrators of the network.

## And then?

Each surprise can become an idea, followed by a person who answers you. Last year the clocks were set to the same time, the map of the site was turned the right way up, and the night shifts got their welcome kit.
""",
        "en",
    ),
    HandbookPage(
        "securite",
        "Going home in one piece",
        "What to know before you enter a workshop.",
        """## Three dangers to know

1. **Liquid metal.** We do not step behind the yellow line during a pour. Nothing wet ever goes into a furnace.
2. **Running machines.** We do not open a guard or enter a robot area without lockout, not even for a second.
3. **Forklifts and lifted loads.** We never stay under a load. We wait for the driver's eye.

## You may always stop

If a situation looks dangerous to you, stop and say so. Nobody will blame you, even if you were wrong.

## A near miss?

Write it down the same day: three lines, no names. You get an answer within 48 hours. Most of last year's improvements came from there.
""",
        "en",
    ),
)
