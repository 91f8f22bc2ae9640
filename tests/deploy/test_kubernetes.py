"""The manifests for Kubernetes: valid by its own schemas, limited, and the pod of a run as Dagster would make it."""

import copy

import dagster as dg
import kubernetes_validate
import pytest
import yaml
from dagster._config import process_config
from dagster_k8s import K8sRunLauncher
from dagster_k8s.job import construct_dagster_k8s_job
from kubernetes.client import ApiClient

from tests.deploy.single_host import FOLDER as SINGLE_HOST
from tests.deploy.single_host import ROOT, unit_lines

FOLDER = ROOT / "deploy" / "kubernetes"
MANIFESTS = [
    document
    for file in sorted(FOLDER.glob("*.yaml"))
    for document in yaml.safe_load_all(file.read_text(encoding="utf-8"))
    if document
]
VERSION = "1.34"


def named(kind, name):
    return next(m for m in MANIFESTS if m["kind"] == kind and m["metadata"]["name"] == name)


INSTANCE = yaml.safe_load(named("ConfigMap", "zhengbao-instance")["data"]["dagster.yaml"])


def require_limits(container):
    """What every container must have."""
    assert container["resources"]["limits"].keys() >= {"cpu", "memory"}, container["name"]
    assert container["resources"]["requests"].keys() >= {"cpu", "memory"}, container["name"]
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda m: f"{m['kind']}-{m['metadata']['name']}")
def test_a_manifest_is_valid_by_the_schemas_of_kubernetes(manifest):
    kubernetes_validate.validate(manifest, VERSION, strict=True)


def test_the_validator_finds_a_fault():
    wrong = copy.deepcopy(named("Deployment", "zhengbao-web"))
    wrong["spec"]["template"]["spec"]["containers"][0]["resource"] = {}
    with pytest.raises(kubernetes_validate.ValidationError, match="resource"):
        kubernetes_validate.validate(wrong, VERSION, strict=True)


def test_every_container_is_limited_and_names_what_is_there():
    claims = {m["metadata"]["name"] for m in MANIFESTS if m["kind"] == "PersistentVolumeClaim"}
    sources = {(m["kind"], m["metadata"]["name"]) for m in MANIFESTS}
    deployments = [m for m in MANIFESTS if m["kind"] == "Deployment"]
    assert {m["metadata"]["name"] for m in deployments} == {
        f"zhengbao-{unit}" for unit in ("code", "daemon", "web", "operators", "sql")
    }
    for deployment in deployments:
        spec = deployment["spec"]["template"]["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True
        account = spec.get("serviceAccountName")
        assert account is None or ("ServiceAccount", account) in sources
        volumes = {volume["name"]: volume for volume in spec["volumes"]}
        assert volumes["warehouse"]["persistentVolumeClaim"]["claimName"] in claims
        for container in [*spec["containers"], *spec.get("initContainers", ())]:
            require_limits(container)
            assert {mount["name"] for mount in container["volumeMounts"]} <= volumes.keys()
            for source in container["envFrom"]:
                kind = "ConfigMap" if "configMapRef" in source else "Secret"
                assert (kind, source[f"{kind[0].lower()}{kind[1:]}Ref"]["name"]) in sources


def test_the_servers_run_the_commands_of_the_units():
    for name in ("code", "daemon", "web", "operators", "sql"):
        (container,) = named("Deployment", f"zhengbao-{name}")["spec"]["template"]["spec"]["containers"]
        (unit,) = unit_lines(name, "ExecStart")
        own = container["command"][1:]
        assert own[:2] == unit.split()[1:3]
        assert ("--read-only" in own) == ("--read-only" in unit)


def test_the_instance_is_that_of_a_single_host_but_for_its_launcher():
    own = dict(INSTANCE)
    assert own.pop("run_launcher")["class"] == "K8sRunLauncher"
    assert own == yaml.safe_load((SINGLE_HOST / "dagster.yaml").read_text(encoding="utf-8"))


def test_the_pod_of_a_run_is_valid_limited_and_has_the_warehouse(monkeypatch):
    settings = INSTANCE["run_launcher"]["config"]
    processed = process_config(K8sRunLauncher.config_type(), settings)
    assert processed.success, processed.errors
    wrong = process_config(K8sRunLauncher.config_type(), settings | {"limits": {}})
    assert not wrong.success
    monkeypatch.setattr("dagster_k8s.launcher.load_kubernetes_config", lambda **_: None)
    launcher = K8sRunLauncher(**processed.value)
    context = launcher.get_container_context_for_run(dg.DagsterRun("materialise_and_publish"))
    config = context.get_k8s_job_config(job_image=None, run_launcher=launcher)
    job = construct_dagster_k8s_job(config, ["dagster", "api", "execute_run", "{}"], "run", context.run_k8s_config)
    manifest = ApiClient().sanitize_for_serialization(job)
    kubernetes_validate.validate(manifest, VERSION, strict=True)
    (container,) = manifest["spec"]["template"]["spec"]["containers"]
    require_limits(container)
    assert {"name": "warehouse", "mountPath": "/srv/zhengbao/warehouse"} in container["volumeMounts"]
    assert manifest["spec"]["backoffLimit"] == 0
