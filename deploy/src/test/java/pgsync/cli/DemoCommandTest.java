package pgsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoCommandTest {
    private final Recorded program = new Recorded();

    @Test
    void ends_with_zero_when_both_sides_were_equal_and_with_one_otherwise() {
        assertThat(program.run("demo")).isZero();

        program.endsEqual = false;

        assertThat(program.run("demo")).isEqualTo(1);
    }

    @Test
    void keeps_its_servers_only_when_asked() {
        program.run("demo");
        assertThat(program.out()).isEqualTo("shown\n");

        program.run("demo", "-keep");

        assertThat(program.out()).isEqualTo("shown and kept\n");
    }

    @Test
    void says_how_it_is_started_when_its_servers_are_not_on_the_class_path() {
        program.missingFromTheClassPath = true;

        assertThat(program.run("demo")).isEqualTo(5);

        assertThat(program.err()).contains("./pgsync demo");
    }
}
