"""What the upper rooms play in the demonstration: each act is begun once, lived month by month on the moved clock, and ended today."""

from .mentoring_act import MentoringAct
from .mobility_act import MobilityAct
from .onboarding_act import OnboardingAct
from .portraits import Portraits

# In the order they are played. An act is made of (company, life) and has ``begin()``, ``live(month)`` and ``end()``.
ACTS = (OnboardingAct, MobilityAct, MentoringAct, Portraits)
