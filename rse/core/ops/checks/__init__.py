"""What the ground floor can tell of an installation, by itself and without writing anything."""

from django.utils.translation import gettext_lazy as _

from .. import doctor
from . import background, disks, mailing, servers, site


def register_all() -> None:
    """Register the checks of this room, in the order in which they are told."""
    doctor.register("address", _("Address"), site.address)
    doctor.register("errors", _("Errors in full"), site.errors_in_full)
    doctor.register("keys", _("Keys"), site.keys)
    doctor.register("sender", _("Sender of mails"), mailing.sender)
    doctor.register("mail", _("Mail server"), mailing.mail_server, is_slow=True)
    doctor.register(doctor.DATABASE, _("Database"), servers.database)
    doctor.register("size", _("Size of the database"), servers.fits_its_database, needs_tables=True)
    doctor.register("clock", _("Clock"), servers.clocks, needs_tables=True, is_slow=True)
    doctor.register("redis", _("Redis"), servers.redis_server, is_slow=True)
    doctor.register("scheduler", _("Scheduler"), background.scheduler, needs_tables=True)
    doctor.register("worker", _("Background work"), background.worker, needs_tables=True)
    doctor.register("deliveries", _("Deliveries"), background.deliveries, needs_tables=True)
    doctor.register("jobs", _("Jobs of the clock"), background.jobs, needs_tables=True)
    doctor.register("space", _("Disk space"), disks.space)
    doctor.register("folders", _("Folders"), disks.folders)
    doctor.register("translations", _("Translations"), disks.translations, is_slow=True)
    doctor.register("static", _("Static files"), disks.static_files, is_slow=True)
    doctor.register("backup", _("Last backup"), disks.last_backup)
    doctor.register("versions", _("Versions"), servers.versions, is_slow=True)
