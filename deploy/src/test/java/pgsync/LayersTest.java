package pgsync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Who may know whom, beyond what the Maven modules enforce. Examples to think with, not limits: an exception is one line here and
 * a sentence why. Some packages come later than their rule, hence {@code allowEmptyShould}.
 */
@AnalyzeClasses(packages = "pgsync", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    private static final String VERTX = "io.vertx..";
    private static final String HAZELCAST = "com.hazelcast..";
    private static final String PGJDBC = "org.postgresql..";
    private static final String TESTGROUND = "pgsync.testground..";

    @ArchTest
    static final ArchRule tasks_are_plain_data = noClasses()
            .that()
            .resideInAnyPackage("pgsync.task..", "pgsync.event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(VERTX, HAZELCAST, PGJDBC, "java.sql..")
            .because(
                    "they travel through queue, state tables, HTTP and tests, and none of those may need a driver to read them")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule settings_are_plain_data = noClasses()
            .that()
            .resideInAPackage("pgsync.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(VERTX, HAZELCAST, PGJDBC, "java.sql..")
            .because(
                    "checking a configuration must not open anything; pgsync.connect turns it into options of a driver")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule a_worker_does_not_know_the_coordinator = noClasses()
            .that()
            .resideInAPackage("pgsync.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("pgsync.coordinator..")
            .because("they meet in the state tables only, or a worker could act on what a dead coordinator believed")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule a_coordinator_does_not_know_the_worker = noClasses()
            .that()
            .resideInAPackage("pgsync.coordinator..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("pgsync.worker..")
            .because("work in the same process has to go the way it goes between machines: one engine, not two")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule what_is_shared_knows_nobody_above_it = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "pgsync.worker..",
                    "pgsync.coordinator..",
                    "pgsync.cli..",
                    "pgsync.local..",
                    "pgsync.daemon..",
                    "pgsync.remote..",
                    "pgsync.demo..",
                    "pgsync.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "pgsync.worker..",
                    "pgsync.coordinator..",
                    "pgsync.cli..",
                    "pgsync.local..",
                    "pgsync.daemon..",
                    "pgsync.remote..",
                    "pgsync.demo..",
                    "pgsync.bench..")
            .because("arrows point down: cli, local → coordinator, worker → what they share");

    @ArchTest
    static final ArchRule only_the_door_and_the_copy_see_pgjdbc = noClasses()
            .that()
            .resideOutsideOfPackages("pgsync.worker.move..", "pgsync.connect..", "pgsync.sql..", TESTGROUND)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PGJDBC)
            .because("pgjdbc is here for COPY alone; when the Vert.x client can COPY, one class is replaced")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule hazelcast_stays_behind_one_door = noClasses()
            .that()
            .resideOutsideOfPackage("pgsync.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(HAZELCAST)
            .because("the cluster is a hint that may vanish: whoever holds an IMap starts to believe it")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_web_server_stays_behind_one_door = noClasses()
            .that()
            .resideOutsideOfPackage("pgsync.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.ext.web..", "io.micrometer..", "io.prometheus..")
            .because("commands on one machine must not load them: it would cost time at each start");

    @ArchTest
    static final ArchRule one_machine_needs_no_cluster = noClasses()
            .that()
            .resideInAPackage("pgsync.local..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("pgsync.http..", "pgsync.cluster..", "pgsync.daemon..", "pgsync.remote..")
            .because("it is the same engine with a board in memory, and must start without loading all that");

    @ArchTest
    static final ArchRule what_is_shown_is_read_only = noClasses()
            .that()
            .resideInAPackage("pgsync.status..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "pgsync.http..", "pgsync.request..", "pgsync.claim..", "pgsync.board..", "pgsync.cluster..")
            .because("looking at runs must not be able to change one");

    @ArchTest
    static final ArchRule verification_shares_no_code_with_applying = noClasses()
            .that()
            .resideInAPackage("pgsync..verify..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("pgsync.worker..")
            .because("a fault in what writes must not hide itself in what checks")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_the_demo_brings_servers_of_its_own = noClasses()
            .that()
            .resideOutsideOfPackages("pgsync..demo..", "pgsync.bench..", TESTGROUND)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TESTGROUND)
            .because("testground and its PostgreSQL are not on the class path of an installation")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_test_ground_is_independent = noClasses()
            .that()
            .resideInAPackage(TESTGROUND)
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "belong to the product",
                    type -> type.getPackageName().startsWith("pgsync.")
                            && !type.getPackageName().startsWith("pgsync.testground")))
            .because("an oracle that uses the product's own code agrees with its faults");
}
