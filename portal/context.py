"""What every template may say about the site itself. It never depends on who asks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `site`: names, contact and codes from settings, empty where not set."""
    return {
        "site": {
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
            "owner": settings.SITE_OWNER,
            "contact": settings.SITE_CONTACT,
            "id_code": settings.SITE_ID_CODE,
            "icp": settings.SITE_ICP,
            "police_record": settings.SITE_POLICE_RECORD,
            "is_official": settings.SITE_IS_OFFICIAL,
            "is_demo": settings.SITE_IS_DEMO,
            "data_licence": settings.DATA_LICENCE,
            "data_licence_url": settings.DATA_LICENCE_URL,
            "charts_available": settings.CHARTS_AVAILABLE,
        }
    }
