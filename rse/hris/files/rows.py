"""One row of the file, read."""

import datetime
from dataclasses import dataclass

from rse.core.characters import full_name


@dataclass(slots=True)
class Row:
    """What one row says; what it does not say is empty or None. A row without a number describes a position that nobody holds."""

    line: int
    employee_number: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    private_email: str = ""
    unit: str = ""
    unit_name: str = ""
    parent_unit: str = ""
    site: str = ""
    site_time_zone: str = ""
    site_country: str = ""
    site_region: str = ""
    job_family: str = ""
    position: str = ""
    position_title: str = ""
    position_shared: bool | None = None
    interim_position: str = ""
    manager_number: str = ""
    manager_position: str = ""
    hired_on: datetime.date | None = None
    trial_ends_on: datetime.date | None = None
    leaves_on: datetime.date | None = None
    absent_from: datetime.date | None = None
    absent_until: datetime.date | None = None
    languages: tuple[str, ...] = ()
    work_phone: str = ""
    language: str = ""
    full_name: str = ""
    birth_name: str = ""
    preferred_name: str = ""
    login: str = ""
    status: str = ""
    presence: str = ""  # what the status means: here, expected or gone
    is_vacant: bool = False

    @property
    def name(self) -> str:
        return full_name(self.first_name, self.last_name)
