package pgsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import pgsync.cluster.Role;
import pgsync.task.NodeId;

/** The dashboard in Chromium. Skipped where Debian's packages chromium and chromium-driver are not installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String MARKUP = "<img src=x onerror=alert(1)>";

    private ChromeDriver browser;

    @BeforeAll
    void start() {
        Assumptions.assumeTrue(
                Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
                "the dashboard was tested in no browser: install the packages chromium and chromium-driver");
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                new ChromeOptions()
                        .setBinary(BROWSER.toFile())
                        .addArguments(
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--disable-dev-shm-usage"));
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.quit();
        }
    }

    private WebElement element(String id) {
        return browser.findElement(By.id(id));
    }

    private String text(String id) {
        for (var tries = 0; tries < 100; tries++) {
            try {
                return element(id).getText();
            } catch (StaleElementReferenceException e) {
                // drawn anew meanwhile
            }
        }
        throw new AssertionError(id + " is drawn anew all the time");
    }

    private void awaitText(String id, String... parts) {
        HttpGround.await(
                "%s shows %s".formatted(id, List.of(parts)),
                () -> List.of(parts).stream().allMatch(text(id)::contains));
    }

    private void open(HttpGround ground) {
        browser.get(ground.address() + "/");
        browser.executeScript("sessionStorage.clear()");
        browser.navigate().refresh();
    }

    /** A picture of the page for whoever wants to look at it. */
    private void picture(String name) throws IOException {
        var folder = Files.createDirectories(Path.of("target", "dashboard"));
        Files.write(folder.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    private void assertNothingComplained() {
        var complaints = browser.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("401"))
                .toList();
        assertThat(complaints).isEmpty();
    }

    @Test
    void members_run_tables_and_history_are_shown_and_follow_what_happens() throws IOException {
        try (var ground = HttpGround.open()) {
            var past = ground.run("failed");
            ground.logLine(past, "orders", "failed", "'column note does not exist'");
            var run = ground.run("running");
            ground.nodeRow(ground.node.id, "first", "0 seconds");
            var worker = new NodeId(UUID.randomUUID());
            ground.node.members.add(FakeNode.member(worker, "machine-b", Role.WORKER));
            ground.sql("""
                insert into pgsync.table_state (schema_name, table_name, source_identity, mode, watermark, last_success, last_error)
                select 'public', 'table_' || lpad(i::text, 3, '0'), 'there', 'incremental', clock_timestamp() - i * interval '1 minute',
                       clock_timestamp(), case when i = 77 then 'no such column' end
                  from generate_series(1, 120) as i;
                update pgsync.table_state set current_run = '%1$s' where table_name = 'table_001';
                insert into pgsync.task (run_id, schema_name, table_name, kind, gate, cost, status, owner, rows_upserted, bytes, spec, started_at)
                values ('%1$s', 'public', 'table_001', 'UPSERT', 'x', 9, 'CLAIMED', '%2$s', 4321, 123456, '{}', clock_timestamp()),
                       ('%1$s', 'public', 'table_001', 'UPSERT', 'x', 9, 'DONE', null, 1000, 1000, '{}', clock_timestamp())
                """.formatted(run, worker));

            open(ground);

            awaitText("connection", "live");
            awaitText("members", "first (leads)", "machine-b", "worker", "10.0.0.1:5701");
            awaitText("run", "running", "50 %", "5,321");
            awaitText("in-work", "public.table_001", "5,321 rows", "1 of 2 parts");
            awaitText("tables", "public.table_001", "public.table_050");
            awaitText("tables-total", "120");
            awaitText("runs", "failed", "running", "somebody");
            awaitText("cluster-name", "test");
            picture("wide");

            element("forth").click();
            awaitText("place", "51 to 100");
            awaitText("tables", "public.table_077", "no such column");
            element("filter").sendKeys("BLE_11");
            awaitText("tables-total", "10");
            element("filter").sendKeys("\b".repeat(6));
            awaitText("tables-total", "120");
            element("state").sendKeys("failed");
            awaitText("place", "1 to 1");

            ground.node.members.removeLast();
            HttpGround.await("the member goes", () -> !text("members").contains("machine-b"));
            ground.sql(
                    "update pgsync.run set state = 'done', finished_at = clock_timestamp() where id = '" + run + "'");
            awaitText("run-state", "done");

            browser.manage().window().setSize(new Dimension(390, 844));
            picture("phone");
            assertThat((Boolean) browser.executeScript(
                            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isTrue();
            browser.manage().window().setSize(new Dimension(1280, 900));
            assertNothingComplained();
        }
    }

    @Test
    void names_that_are_markup_stay_text() {
        try (var ground = HttpGround.open()) {
            var run = ground.run("failed");
            ground.logLine(run, MARKUP, "failed", "'" + MARKUP + "'");
            ground.node.members.add(FakeNode.member(new NodeId(UUID.randomUUID()), MARKUP, Role.WORKER));
            ground.sql(
                    "update pgsync.run set requested_by = '" + MARKUP + "', error = '" + MARKUP + "'",
                    "insert into pgsync.table_state (schema_name, table_name, source_identity, mode, last_error, current_run) values ('"
                            + MARKUP + "', '" + MARKUP + "', '', '" + MARKUP + "', '" + MARKUP + "', '" + run + "')",
                    "insert into pgsync.task (run_id, schema_name, table_name, kind, gate, status, owner, started_at, spec) values ('"
                            + run + "', '" + MARKUP + "', '" + MARKUP + "', 'x', 'x', 'CLAIMED', '" + run
                            + "', clock_timestamp(), '{}')");

            open(ground);

            awaitText("tables", MARKUP);
            awaitText("members", MARKUP);
            awaitText("runs", MARKUP);
            awaitText("run", MARKUP);
            awaitText("in-work", MARKUP);
            assertThat(browser.findElements(By.tagName("img"))).isEmpty();
            assertNothingComplained();
        }
    }

    @Test
    void a_wrong_token_is_asked_for_again() {
        try (var ground = HttpGround.withToken("open sesame")) {
            open(ground);
            HttpGround.await("the token is asked for", () -> element("login").isDisplayed());
            assertThat(element("content").isDisplayed()).isFalse();

            element("token").sendKeys("open barley\n");
            awaitText("login-problem", "not the token");
            element("token").sendKeys("open sesame\n");
            awaitText("connection", "live");
            awaitText("members", "first");

            assertThat(element("login").isDisplayed()).isFalse();
            assertThat(browser.getCurrentUrl()).doesNotContain("sesame");
            assertNothingComplained();
        }
    }
}
