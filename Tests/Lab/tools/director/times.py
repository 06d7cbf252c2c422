"""How long a change took after the attempts that led to it."""

TOLERANCE = 0.25  # seconds, and what the machine was late by in that time: it has one processor for everybody
TOUCHED = 0.4  # seconds before a fault: an attempt that was begun then may have met it


def took(change, tries, expected):
    """The seconds from one of `tries` to the change, the nearest to what is expected: which attempt was the first that
    met the fault is not known better than that. The change was seen between two looks at the table, and counts as at
    the time between them that is nearest."""
    times = [min(max(change.since - at, expected), change.until - at) for at in tries]
    return min(times, key=lambda found: abs(found - expected)) if expected else min(times)


def lateness(watch, change, expected, found):
    """What the machine was late by while that happened."""
    return watch.lateness(change.until - max(expected, found) - 0.5, change.until)


def is_kept(expected, found, late, slack=0.0):
    return expected - TOLERANCE - late <= found <= expected + TOLERANCE + late + slack
