package pgsync.connect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority of our own, made with the JDK's keytool, so that nothing need be installed. */
final class Certificates {
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    private final Path directory;

    Certificates(Path directory) {
        this.directory = directory;
    }

    /** Writes {@code name.crt}. */
    Path authority(String name) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "bc:c",
                "-keyalg",
                "RSA",
                "-validity",
                "30");
        return certificate(name, List.of(name));
    }

    /** Writes {@code name.crt} and {@code name.key}, signed by the authority. */
    Path signed(String name, String authority, String commonName, String keyAlgorithm, String... extensions)
            throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + commonName,
                "-keyalg",
                keyAlgorithm,
                "-validity",
                "30");
        var request = directory.resolve(name + ".csr");
        keytool("-certreq", "-alias", name, "-file", request.toString());
        var command = new ArrayList<>(List.of(
                "-gencert",
                "-alias",
                authority,
                "-infile",
                request.toString(),
                "-outfile",
                directory.resolve(name + ".der").toString(),
                "-validity",
                "30"));
        for (var extension : extensions) {
            command.addAll(List.of("-ext", extension));
        }
        keytool(command.toArray(new String[0]));
        var der = Files.readAllBytes(directory.resolve(name + ".der"));
        Files.writeString(key(name), pem("PRIVATE KEY", privateKey(name).getEncoded()));
        Files.setPosixFilePermissions(key(name), PosixFilePermissions.fromString("rw-------"));
        return Files.writeString(directory.resolve(name + ".crt"), pem("CERTIFICATE", der));
    }

    Path key(String name) {
        return directory.resolve(name + ".key");
    }

    Key privateKey(String name) throws IOException, GeneralSecurityException {
        return store().getKey(name, STORE_PASSWORD);
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    private Path certificate(String name, List<String> aliases) throws Exception {
        var text = new StringBuilder();
        for (var alias : aliases) {
            text.append(pem("CERTIFICATE", store().getCertificate(alias).getEncoded()));
        }
        return Files.writeString(directory.resolve(name + ".crt"), text);
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(directory.resolve("all.p12").toFile(), STORE_PASSWORD);
    }

    private void keytool(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore",
                directory.resolve("all.p12").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(STORE_PASSWORD)));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
    }
}
