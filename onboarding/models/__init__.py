from .cohorts import Cohort
from .journeys import BuddyRequest, Journey, JourneyStep
from .templates import JourneyTemplate, TemplateStep, TemplateVersion

__all__ = ["BuddyRequest", "Cohort", "Journey", "JourneyStep", "JourneyTemplate", "TemplateStep", "TemplateVersion"]
