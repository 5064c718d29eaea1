"""What deploy/ holds to run the dashboard elsewhere: an image, a composition of two, and units of systemd."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import yaml

import bordermap
from bench.waiting import free_port, until
from claims.store import open_store
from claims.store.address import address_of
from claims.store.errors import StoreError

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = [
    line.split(maxsplit=1)
    for line in re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", DOCKERFILE)).splitlines()
    if line
]
"""Of the Dockerfile, each with what is said to it; a line that goes on is one."""
STAGES = [at for at, (word, _) in enumerate(INSTRUCTIONS) if word == "FROM"]
LAST = INSTRUCTIONS[STAGES[-1] :]
COMPOSED = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSED["services"]
SAID = "s:e/c@ret "
UNITS = ("bordermap.service", "bordermap-backup.service", "bordermap-backup.timer")


def said(word, instructions=LAST):
    """Give what is said to one kind of instruction."""
    return [rest for one, rest in instructions if one == word]


# ---- the image


def test_the_image_is_pinned_and_made_in_two_stages():
    """Both stages begin with one version of Python that the locks are for, and nothing of the first but two folders is kept."""
    bases = {rest.split()[0] for rest in said("FROM", INSTRUCTIONS)}
    assert len(STAGES) == 2
    assert bases == {"python:3.13-slim-bookworm"}
    assert said("COPY") == ["--from=built /opt/venv /opt/venv", "--from=built /opt/bordermap /opt/bordermap"]


def test_the_image_installs_what_is_locked_by_hash():
    """Pip takes nothing but what the lock of a server names with its hash, and builds nothing."""
    installs = [rest for rest in said("RUN", INSTRUCTIONS) if "pip install" in rest]
    assert [("--require-hashes" in one, "--no-deps" in one) for one in installs] == [
        (True, False),
        (False, True),
    ]
    assert "requirements-server.txt" in installs[0]
    assert "--only-binary :all:" in installs[0]
    assert not [one for one in installs if "index-url" in one]


def test_the_image_runs_as_nobody_in_particular():
    """It ends up as a user by number, who is told to stop as the server expects, and whose health is asked by our own command."""
    assert said("USER") == ["10001:10001"]
    assert said("STOPSIGNAL") == ["SIGTERM"]
    assert said("CMD") == ['["bordermap", "serve", "--address", "0.0.0.0", "--port", "8501"]']
    (health,) = said("HEALTHCHECK")
    assert health.endswith('CMD ["bordermap", "health", "--port", "8501"]')
    assert bordermap._parser().parse_args(["health", "--port", "8501"]).port == 8501
    assert "PYTHONDONTWRITEBYTECODE=1" in said("ENV")[0]
    assert "compileall" in said("RUN", INSTRUCTIONS[: STAGES[-1]])[-1]
    assert not re.search(r"(?i)password|secret|token|key=", DOCKERFILE)
    assert said("ADD", INSTRUCTIONS) == said("ARG", INSTRUCTIONS) == []


def test_the_image_holds_all_that_runs_and_nothing_else():
    """What is copied is there, is all that is installed, and is let through to the builder, which sees nothing else."""
    copied = {
        word.removeprefix("./")
        for rest in said("COPY", INSTRUCTIONS[: STAGES[-1]])
        for word in rest.split()[:-1]
    }
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert copied >= {"data", "geo", "claims", "layers", "dashboard", "commands", "app.py", "bordermap.py"}
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    lets = {line[1:].split("/")[0] for line in lines if line.startswith("!")}
    assert lines[1] == "*"
    assert lets == copied
    assert lets.isdisjoint({".git", "tests", "build", "deploy"})


# ---- the composition


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_no_more_than_it_must(name):
    """Each runs as a user by number, without capabilities, with a root that cannot be written and bounds to what it takes."""
    service = SERVICES[name]
    user = service["user"].split(":")[0]
    assert user.isdecimal()
    assert int(user) > 0
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "pids_limit", "restart", "stop_grace_period"} <= service.keys()
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & service.keys()
    assert service["healthcheck"]["test"][0] == "CMD"
    volumes = [one for one in service["volumes"] if isinstance(one, str)]
    assert [volume.split(":")[0] in COMPOSED["volumes"] for volume in volumes] == [True]
    assert "build" in service or re.fullmatch(r"[a-z]+:[0-9]+-[a-z]+", service["image"])
    assert set(service["networks"]) <= COMPOSED["networks"].keys()
    assert not [
        key for key, value in service["environment"].items() if "PASSWORD" in key and "_FILE" not in key
    ]


def test_the_dashboard_waits_for_its_database_and_is_reached_from_this_machine_alone():
    """It starts when the database answers, takes the password from a file, and no port is open to others."""
    dashboard, database = SERVICES["dashboard"], SERVICES["database"]
    assert dashboard["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert [port.rsplit(":", 2)[0] for port in dashboard["ports"]] == ["127.0.0.1"]
    assert "ports" not in database
    files = [
        dashboard["environment"]["BORDERMAP_DATABASE_PASSWORD_FILE"],
        database["environment"]["POSTGRES_PASSWORD_FILE"],
    ]
    assert files == ["/run/secrets/database_password"] * 2
    (site,) = [one for one in dashboard["volumes"] if isinstance(one, dict)]
    assert (site["type"], site["source"], site["read_only"]) == ("bind", "./site", True)
    assert site["bind"] == {"create_host_path": False}
    assert dashboard["environment"]["BORDERMAP_SITE"] == f"{site['target']}/site.toml"
    assert "configs" not in COMPOSED.keys() | dashboard.keys()
    assert COMPOSED["secrets"] == {"database_password": {"file": "./database_password"}}
    assert address_of(dashboard["environment"]["BORDERMAP_DATABASE_URL"]).host == "database" in SERVICES


def test_no_service_gets_an_answer_from_the_outside():
    """The network between them leads nowhere, and that of the port masquerades nothing."""
    networks = COMPOSED["networks"]
    assert networks["back"] == {"internal": True}
    assert networks["front"]["driver_opts"] == {"com.docker.network.bridge.enable_ip_masquerade": "false"}
    assert SERVICES["database"]["networks"] == ["back"]


# ---- the units


def unit(name):
    """Give a unit's settings by their names, each a list of what is said."""
    found = {}
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def test_systemd_reads_the_units_and_finds_them_shut(tmp_path):
    """It knows each setting, and what the service could do to the machine is little."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        # The programs are where they are installed, which is not here.
        text = text.replace("/opt/bordermap/.venv/bin/bordermap", "/bin/true").replace(
            "=/opt/bordermap", f"={tmp_path}"
        )
        (tmp_path / name).write_text(re.sub("Documentation=.*\n", "", text), encoding="utf-8")
    units = [str(tmp_path / name) for name in UNITS]
    read = subprocess.run(  # noqa: S603 - found on the path
        [analyze, "verify", "--man=no", *units], capture_output=True, text=True, check=False, timeout=60
    )
    assert (read.returncode, read.stderr) == (0, "")
    for name in units[:2]:
        shut = subprocess.run(  # noqa: S603 - found on the path
            [analyze, "security", "--offline=true", "--threshold=15", name],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert shut.returncode == 0, shut.stdout.splitlines()[-1]


def test_the_service_starts_answers_and_ends_as_its_unit_says(tmp_path):
    """Its command line as it stands, with the paths of this checkout, is well within its time, and ends with 0 when told to."""
    settings = unit("bordermap.service")
    words = shlex.split(settings["ExecStart"][0])
    assert words[0] == "/opt/bordermap/.venv/bin/bordermap"
    port = free_port()
    assert words[words.index("--port") + 1] == "8501"
    words[words.index("--port") + 1] = str(port)
    # Without its file it does not start; the folder, which another group may not read, is read as it is.
    assert [words[words.index("--site") + 1]] == settings["AssertPathExists"] == ["/etc/bordermap/site.toml"]
    assert (settings["Group"], "LoadCredential" in settings) == (["bordermap-site"], False)
    (tmp_path / "site.toml").write_text("[site]\n", encoding="utf-8")
    words[words.index("--site") + 1] = str(tmp_path / "site.toml")
    given = dict(word.split("=", 1) for word in shlex.split(settings["Environment"][0]))
    assert given["XDG_DATA_HOME"] == "/var/lib"
    env = given | {"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    env |= {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    command = [sys.executable, str(ROOT / "bordermap.py"), *words[1:]]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)  # noqa: S603 - our own
        try:
            until(lambda: well(port), server)
            assert bordermap.main(["health", "--port", str(port)]) == 0
            server.send_signal(getattr(signal, settings["KillSignal"][0]))
            assert server.wait(int(settings["TimeoutStopSec"][0])) == 0
        finally:
            server.kill()
            server.wait(20)


def well(port):
    """Tell whether the dashboard says that it is well."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
        return answer.status == 200


def test_the_nightly_backup_can_be_restored(tmp_path, monkeypatch):
    """The command line of its unit writes a backup named by the day, of which a store can be made."""
    settings = unit("bordermap-backup.service")
    shell, option, line = shlex.split(settings["ExecStart"][0])
    folder = tmp_path / "bordermap"
    folder.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    open_store().database.close()
    ours = f"{shlex.quote(sys.executable)} {shlex.quote(str(ROOT / 'bordermap.py'))}"
    line = (
        line.replace("%%", "%")
        .replace("/opt/bordermap/.venv/bin/bordermap", ours)
        .replace("/var/lib", str(tmp_path))
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
    subprocess.run([shell, option, line], cwd=ROOT, env=env, check=True, timeout=120)  # noqa: S603 - our own
    (written,) = folder.glob("backup-???.sqlite")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "other"))
    assert bordermap.main(["restore", str(written)]) == 0


def test_the_stores_password_may_be_in_a_file(tmp_path, monkeypatch):
    """It is taken where the address has none, without its line's end; a file that cannot be read is told."""
    (tmp_path / "password").write_text(f"{SAID}\n", encoding="utf-8")
    monkeypatch.setenv("BORDERMAP_DATABASE_PASSWORD_FILE", str(tmp_path / "password"))
    assert address_of("postgresql://anna@host/maps").password == SAID
    assert address_of("postgresql://anna:own@host/maps").password == "own"  # noqa: S105 - made up
    assert address_of(f"sqlite:///{tmp_path}/store.sqlite").password is None
    monkeypatch.setenv("BORDERMAP_DATABASE_PASSWORD_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(
        StoreError, match=r"password cannot be read from '.*nowhere'; mend BORDERMAP_DATABASE"
    ):
        address_of("postgresql://anna@host/maps")
