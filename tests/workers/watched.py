"""Subscribers and a job that leave a row each time they run: at once, after some seconds, never."""

import time
from dataclasses import dataclass

from rse.core.events import bus
from rse.core.models import RecordedEvent


@dataclass(frozen=True, kw_only=True)
class BellRung(bus.Event):
    pass


@dataclass(frozen=True, kw_only=True)
class SleeperWoken(bus.Event):
    pass


@dataclass(frozen=True, kw_only=True)
class EndBegun(bus.Event):
    pass


@dataclass(frozen=True, kw_only=True)
class HoardBegun(bus.Event):
    pass


@dataclass(frozen=True, kw_only=True)
class StormBegun(bus.Event):
    pass


def effect(name, event_id=0):
    RecordedEvent.objects.create(name=f"effect {name}", facets={"event": event_id})


def quick(event):
    effect("quick", event.pk)


def slow(event):
    effect("slow began", event.pk)
    time.sleep(4)
    effect("slow", event.pk)


def endless(event):
    effect("endless", event.pk)
    while True:
        pass


def mute(event):
    effect("mute", event.pk)
    while True:
        time.sleep(0.05)


def never_ends():
    effect("never ends")
    while True:
        time.sleep(0.05)


def ring():
    effect("ring")


def subscribe():
    bus.subscribe("watched.quick", quick, to=(BellRung.event_name(),))
    bus.subscribe("watched.slow", slow, to=(SleeperWoken.event_name(),), within=60)
    bus.subscribe("watched.endless", endless, to=(EndBegun.event_name(),), within=3)
    bus.subscribe("watched.hoarder", mute, to=(HoardBegun.event_name(),))
    for number in range(24):
        bus.subscribe(f"watched.mute{number:02}", mute, to=(StormBegun.event_name(),), within=8)
