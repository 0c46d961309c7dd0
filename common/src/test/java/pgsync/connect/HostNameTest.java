package pgsync.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostNameTest {
    @TempDir
    Path directory;

    @Test
    void a_certificate_is_for_its_alternative_names_and_else_for_its_common_name() throws Exception {
        var certificates = new Certificates(directory);
        certificates.authority("root");
        var plain = PemFiles.certificates(certificates.signed("plain", "root", "db.example", "EC"))
                .getFirst();
        var address = PemFiles.certificates(
                        certificates.signed("address", "root", "10.0.0.9", "EC", "san=ip:10.0.0.1,dns:db.example"))
                .getFirst();
        var wild = PemFiles.certificates(certificates.signed("wild", "root", "*.example", "EC"))
                .getFirst();

        assertThat(HostName.matches("db.example", plain)).isTrue();
        assertThat(HostName.matches("DB.Example", plain)).isTrue();
        assertThat(HostName.matches("xdb.example", plain)).isFalse();

        assertThat(HostName.matches("10.0.0.1", address)).isTrue();
        assertThat(HostName.matches("db.example", address)).isTrue();
        assertThat(HostName.matches("10.0.0.2", address)).isFalse();
        assertThat(HostName.matches("10.0.0.9", address))
                .as("common name beside alternative names")
                .isFalse();

        assertThat(HostName.matches("db.example", wild)).isTrue();
        assertThat(HostName.matches("a.db.example", wild)).isFalse();
        assertThat(HostName.matches("example", wild)).isFalse();
        assertThat(HostName.matches(".example", wild)).isFalse();
    }
}
