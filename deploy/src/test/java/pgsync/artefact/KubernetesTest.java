package pgsync.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pgsync.config.Setting;
import pgsync.config.SettingsReader;

/** The manifests, read with the types of the API: what cannot be run here is at least checked against itself. */
class KubernetesTest {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/ServiceAccount", ServiceAccount.class,
            "v1/ConfigMap", ConfigMap.class,
            "v1/Secret", Secret.class,
            "v1/Service", Service.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "apps/v1/Deployment", Deployment.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class);

    private static final YAMLMapper YAML = strict();

    private final List<HasMetadata> objects = read(Artefacts.text("kubernetes/pgsync.yaml"));
    private final Secret secret =
            (Secret) read(Artefacts.text("kubernetes/secret.example.yaml")).getFirst();

    @TempDir
    Path directory;

    @Test
    void a_field_that_does_not_exist_is_noticed() {
        var misspelt = Artefacts.text("kubernetes/pgsync.yaml")
                .replace("terminationGracePeriodSeconds", "terminationGraceSeconds");

        assertThatThrownBy(() -> read(misspelt)).hasMessageContaining("terminationGraceSeconds");
    }

    @Test
    void everything_an_installation_needs_is_there_and_says_that_it_is_unrun() {
        assertThat(objects)
                .extracting(
                        object -> object.getKind() + " " + object.getMetadata().getName())
                .containsExactlyInAnyOrder(
                        "ServiceAccount pgsync",
                        "ConfigMap pgsync",
                        "Service pgsync-members",
                        "Service pgsync",
                        "StatefulSet pgsync-coordinator",
                        "Deployment pgsync-worker",
                        "PodDisruptionBudget pgsync-coordinator",
                        "PodDisruptionBudget pgsync-worker",
                        "NetworkPolicy pgsync");
        assertThat(Artefacts.text("kubernetes/pgsync.yaml")).contains("UNRUN");
        assertThat(one(StatefulSet.class).getSpec().getReplicas()).isEqualTo(2);
        assertThat(one(Deployment.class).getSpec().getReplicas()).isEqualTo(3);
    }

    @Test
    void nodes_find_each_other_before_they_are_ready() throws IOException {
        var members = service("pgsync-members");
        var file = Files.writeString(
                directory.resolve("pgsync.json"), configMap().getData().get("pgsync.json"));
        var token = Files.writeString(directory.resolve("token"), "t");

        var settings = new SettingsReader(Map.of(Setting.HTTP_TOKEN_FILE.variable(), token.toString()))
                .read(Map.of(Setting.CONFIG, file.toString()))
                .settings();

        assertThat(settings.cluster().serviceDns())
                .isEqualTo(members.getMetadata().getName());
        assertThat(members.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(members.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(one(StatefulSet.class).getSpec().getServiceName()).isEqualTo("pgsync-members");
        assertThat(portOf("member")).isEqualTo(settings.cluster().port());
        assertThat(portOf("http")).isEqualTo(settings.http().port());
    }

    @Test
    void selectors_meet_the_pods_they_mean() {
        for (var template : templates()) {
            var labels = template.getMetadata().getLabels();
            assertThat(labels)
                    .containsAllEntriesOf(service("pgsync-members").getSpec().getSelector());
            assertThat(labels)
                    .containsAllEntriesOf(
                            one(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels());
        }
        var coordinator = one(StatefulSet.class).getSpec();
        var worker = one(Deployment.class).getSpec();
        assertThat(coordinator.getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(coordinator.getSelector().getMatchLabels())
                .containsAllEntriesOf(service("pgsync").getSpec().getSelector())
                .containsAllEntriesOf(
                        budget("pgsync-coordinator").getSpec().getSelector().getMatchLabels());
        assertThat(worker.getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(worker.getSelector().getMatchLabels())
                .containsAllEntriesOf(
                        budget("pgsync-worker").getSpec().getSelector().getMatchLabels());
        assertThat(coordinator.getSelector().getMatchLabels())
                .as("a worker is not taken for a coordinator")
                .isNotEqualTo(worker.getSelector().getMatchLabels());
    }

    @Test
    void only_nodes_reach_the_member_port() {
        var member = one(NetworkPolicy.class).getSpec().getIngress().stream()
                .filter(rule -> rule.getPorts().stream()
                        .anyMatch(port -> "member".equals(port.getPort().getStrVal())))
                .toList();

        assertThat(member).hasSize(1);
        assertThat(member.getFirst().getFrom()).singleElement().satisfies(from -> {
            assertThat(from.getNamespaceSelector()).isNull();
            assertThat(from.getPodSelector().getMatchLabels()).containsEntry("app.kubernetes.io/name", "pgsync");
        });
        assertThat(one(NetworkPolicy.class).getSpec().getPolicyTypes()).contains("Ingress");
    }

    @Test
    void variables_are_settings_and_secrets_are_in_the_template() {
        var known = Stream.of(Setting.values()).map(Setting::variable).toList();
        for (var template : templates()) {
            var container = container(template);
            assertThat(container.getEnv())
                    .extracting(EnvVar::getName)
                    .isSubsetOf(known)
                    .contains("PGSYNC_CLUSTER_BIND");
            for (var variable : container.getEnv()) {
                var from = variable.getValueFrom();
                if (from != null && from.getSecretKeyRef() != null) {
                    assertThat(secret.getMetadata().getName())
                            .isEqualTo(from.getSecretKeyRef().getName());
                    assertThat(secret.getStringData())
                            .containsKey(from.getSecretKeyRef().getKey());
                }
            }
            var items = volume(template, "token").getSecret().getItems();
            assertThat(items)
                    .allSatisfy(item -> assertThat(secret.getStringData()).containsKey(item.getKey()));
        }
    }

    @Test
    void what_is_mounted_exists_and_is_where_the_settings_look() {
        for (var template : templates()) {
            var container = container(template);
            assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .containsExactlyInAnyOrderElementsOf(template.getSpec().getVolumes().stream()
                            .map(Volume::getName)
                            .toList());
            assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .contains("/etc/pgsync", "/run/secrets/pgsync");
            assertThat(configMap().getData().get("pgsync.json")).contains("/run/secrets/pgsync/http-token");
            assertThat(container.getEnv())
                    .anyMatch(each -> each.getName().equals("PGSYNC_CONFIG")
                            && each.getValue().equals("/etc/pgsync/pgsync.json"));
        }
    }

    @Test
    void pods_have_no_more_rights_than_they_need_and_time_to_drain() {
        for (var template : templates()) {
            var pod = template.getSpec();
            var container = container(template);
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(10);
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
            assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
            assertThat(container.getResources().getLimits()).containsKey("memory");
        }
    }

    @Test
    void coordinators_and_workers_differ_in_their_command_alone() {
        var coordinator = one(StatefulSet.class).getSpec().getTemplate();
        var worker = one(Deployment.class).getSpec().getTemplate();

        assertThat(container(coordinator).getArgs()).containsExactly("coordinator");
        assertThat(container(worker).getArgs()).containsExactly("worker");
        container(worker).setArgs(List.of("coordinator"));
        assertThat(worker.getSpec()).isEqualTo(coordinator.getSpec());
    }

    private int portOf(String name) {
        return container(templates().getFirst()).getPorts().stream()
                .filter(port -> port.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getContainerPort();
    }

    private List<PodTemplateSpec> templates() {
        return List.of(
                one(StatefulSet.class).getSpec().getTemplate(),
                one(Deployment.class).getSpec().getTemplate());
    }

    private static Container container(PodTemplateSpec template) {
        assertThat(template.getSpec().getContainers()).hasSize(1);
        return template.getSpec().getContainers().getFirst();
    }

    private static Volume volume(PodTemplateSpec template, String name) {
        return template.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ConfigMap configMap() {
        return one(ConfigMap.class);
    }

    private Service service(String name) {
        return named(Service.class, name);
    }

    private PodDisruptionBudget budget(String name) {
        return named(PodDisruptionBudget.class, name);
    }

    private <T extends HasMetadata> T one(Class<T> kind) {
        return named(kind, null);
    }

    private <T extends HasMetadata> T named(Class<T> kind, @Nullable String name) {
        var found = objects.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(object -> name == null || object.getMetadata().getName().equals(name))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<HasMetadata> read(String text) {
        try {
            var objects = new ArrayList<HasMetadata>();
            for (var document : text.split("(?m)^---$")) {
                var tree = YAML.readTree(document);
                var kind = KINDS.get(tree.path("apiVersion").asText() + "/"
                        + tree.path("kind").asText());
                assertThat(kind).as(tree.path("kind").asText()).isNotNull();
                objects.add(YAML.treeToValue(tree, kind));
            }
            return objects;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model keeps fields that it does not know for later versions of the API; here they are mistakes. */
    private static YAMLMapper strict() {
        var mapper = new YAMLMapper();
        mapper.setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
            @Override
            public Boolean hasAnySetter(Annotated method) {
                return false;
            }
        });
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return mapper;
    }
}
