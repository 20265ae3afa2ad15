"""The settings of ``make run``: those of the product, and the demonstration, which no other settings install."""

from . import *
from . import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "rse.demo"]
