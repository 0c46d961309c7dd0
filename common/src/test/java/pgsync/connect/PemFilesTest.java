package pgsync.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.config.Secret;

class PemFilesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void reads_pkcs8_as_pem_and_as_der(String algorithm) throws Exception {
        var key = pair(algorithm).getPrivate();

        assertThat(read(write(Certificates.pem("PRIVATE KEY", key.getEncoded())), null))
                .isEqualTo(key.getEncoded());
        assertThat(read(secure(Files.write(directory.resolve("k.der"), key.getEncoded())), null))
                .isEqualTo(key.getEncoded());
    }

    @ParameterizedTest
    @CsvSource({"RSA, RSA PRIVATE KEY", "EC, EC PRIVATE KEY"})
    void reads_the_older_forms(String algorithm, String kind) throws Exception {
        var key = pair(algorithm).getPrivate();
        var pem = Certificates.pem(kind, oldForm(algorithm, key.getEncoded()));

        assertThat(read(
                        write("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + pem),
                        null))
                .matches(read -> algorithm.equals("RSA")
                        ? Arrays.equals(read, key.getEncoded())
                        : secret(read).equals(secret(key.getEncoded())));
    }

    /** The same key may name its curve twice. */
    private static BigInteger secret(byte[] pkcs8) {
        try {
            var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return ((ECPrivateKey) key).getS();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void opens_an_encrypted_key_with_its_password_only() throws Exception {
        var key = pair("EC").getPrivate();
        var file = write(Certificates.pem("ENCRYPTED PRIVATE KEY", encrypted(key.getEncoded(), "kanarie")));

        assertThat(read(file, new Secret("kanarie"))).isEqualTo(key.getEncoded());
        assertThatThrownBy(() -> read(file, new Secret("wrong")))
                .hasMessageContaining("sslpassword does not open " + file);
        assertThatThrownBy(() -> read(file, null)).hasMessageContaining("there is no sslpassword");
    }

    @Test
    void refuses_what_is_no_key_and_what_others_may_read() throws Exception {
        var file = write("nothing");
        assertThatThrownBy(() -> read(file, null)).hasMessage("no private key that can be read in " + file);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----r--"));

        assertThatThrownBy(() -> read(file, null)).hasMessageContaining("has group or world access");
    }

    private static byte[] read(Path file, @org.jspecify.annotations.Nullable Secret password)
            throws IOException, GeneralSecurityException {
        return PemFiles.privateKey(file, password).getEncoded();
    }

    private Path write(String text) throws IOException {
        return secure(Files.writeString(directory.resolve("k.pem"), text));
    }

    private static Path secure(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return generator.generateKeyPair();
    }

    /** What PKCS#8 wraps; for a curve with its name, as openssl writes it and the JDK does not. */
    private static byte[] oldForm(String algorithm, byte[] pkcs8) {
        if (algorithm.equals("RSA")) { // 30 82 ll ll, 02 01 00, 30 0d …, 04 82 ll ll, key
            return Arrays.copyOfRange(pkcs8, 4 + 3 + 15 + 4, pkcs8.length);
        }
        // 30 len, 02 01 00, 30 13 …, 04 len, then 30 len 02 01 01 04 20 key
        var inner = Arrays.copyOfRange(pkcs8, 2 + 3 + 21 + 2, pkcs8.length);
        var curve = new byte[] {(byte) 0xA0, 10, 0x06, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 3, 1, 7};
        var named = Arrays.copyOf(inner, inner.length + curve.length);
        System.arraycopy(curve, 0, named, inner.length, curve.length);
        named[1] += (byte) curve.length;
        return named;
    }

    private static byte[] encrypted(byte[] pkcs8, String password) throws Exception {
        var algorithm = "PBEWithHmacSHA256AndAES_256";
        var cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())));
        var parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(pkcs8)).getEncoded();
    }
}
