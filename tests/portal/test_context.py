from portal.context import site


def test_site_says_what_is_set_and_leaves_the_rest_empty(rf, settings):
    settings.SITE_OWNER, settings.SITE_ICP = "某市财政局", ""
    settings.SITE_IS_OFFICIAL = True
    said = site(rf.get("/"))["site"]
    assert (said["owner"], said["icp"], said["is_official"]) == ("某市财政局", "", True)


def test_site_does_not_depend_on_who_asks(rf):
    assert site(rf.get("/", headers={"host": "evil.example"})) == site(rf.get("/about/?q=1"))
