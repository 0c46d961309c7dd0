package pgsync.connect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import pgsync.config.Secret;

/** Certificates and private keys from the files that libpq reads. */
final class PemFiles {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    /** Object identifiers in DER: rsaEncryption with NULL, and ecPublicKey. */
    private static final byte[] RSA = {
        0x06, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 0x05, 0
    };

    private static final byte[] EC = {0x06, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};
    private static final byte[] VERSION_ZERO = {0x02, 1, 0};

    private PemFiles() {}

    static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        var found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
        if (found.isEmpty()) {
            throw new GeneralSecurityException("no certificate in " + file);
        }
        return found.stream().map(X509Certificate.class::cast).toList();
    }

    /** PKCS#8, plain or encrypted, PKCS#1 and SEC1, as PEM; PKCS#8 as DER. Refuses a file that others may read, as libpq does. */
    static PrivateKey privateKey(Path file, @Nullable Secret password) throws IOException, GeneralSecurityException {
        refuseOpenFile(file);
        var bytes = Files.readAllBytes(file);
        var blocks = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (blocks.find()) {
            var kind = blocks.group(1);
            if (kind.equals("EC PARAMETERS")) {
                continue;
            }
            if (blocks.group(2).contains("ENCRYPTED")) {
                throw new GeneralSecurityException(
                        file + " is encrypted the old way; convert it with: openssl pkcs8 -topk8");
            }
            var der = Base64.getMimeDecoder().decode(blocks.group(2));
            return switch (kind) {
                case "PRIVATE KEY" -> pkcs8(der, file);
                case "ENCRYPTED PRIVATE KEY" -> pkcs8(decrypt(der, password, file), file);
                case "RSA PRIVATE KEY" -> pkcs8(wrap(RSA, der), file);
                case "EC PRIVATE KEY" -> pkcs8(wrap(concat(EC, curve(der, file)), der), file);
                default -> throw new GeneralSecurityException(file + " holds a " + kind + ", not a private key");
            };
        }
        return pkcs8(bytes, file);
    }

    private static void refuseOpenFile(Path file) throws IOException, GeneralSecurityException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        var permissions = Files.getPosixFilePermissions(file);
        boolean groupMayRead =
                Files.getOwner(file).getName().equals("root"); // 0640 with owner root is how packages share a key
        for (var permission : permissions) {
            boolean owners = permission.name().startsWith("OWNER");
            if (!owners && !(groupMayRead && permission == PosixFilePermission.GROUP_READ)) {
                throw new GeneralSecurityException(
                        "private key file " + file
                                + " has group or world access; permissions must be 0600 or less, or 0640 or less with owner root");
            }
        }
    }

    private static PrivateKey pkcs8(byte[] der, Path file) throws GeneralSecurityException {
        for (var algorithm : List.of("RSA", "EC", "EdDSA", "RSASSA-PSS")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // Not of this kind: only the next attempt, or none, tells.
            }
        }
        throw new GeneralSecurityException("no private key that can be read in " + file);
    }

    private static byte[] decrypt(byte[] der, @Nullable Secret password, Path file)
            throws GeneralSecurityException, IOException {
        if (password == null) {
            throw new GeneralSecurityException(file + " is encrypted and there is no sslpassword");
        }
        var info = new EncryptedPrivateKeyInfo(der);
        var parameters = info.getAlgParameters();
        // For PBES2 the name of the algorithm stands in the text form of its parameters only.
        var algorithm = info.getAlgName().startsWith("PBEWith") ? info.getAlgName() : parameters.toString();
        var key = SecretKeyFactory.getInstance(algorithm)
                .generateSecret(new PBEKeySpec(password.reveal().toCharArray()));
        var cipher = javax.crypto.Cipher.getInstance(algorithm);
        cipher.init(javax.crypto.Cipher.DECRYPT_MODE, key, parameters);
        try {
            return cipher.doFinal(info.getEncryptedData());
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("sslpassword does not open " + file, e);
        }
    }

    /** PKCS#8 around an older form: SEQUENCE { 0, SEQUENCE { algorithm }, OCTET STRING }. */
    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return der(0x30, concat(VERSION_ZERO, concat(der(0x30, algorithm), der(0x04, key))));
    }

    /** The curve's identifier inside SEC1: SEQUENCE { 1, OCTET STRING, [0] { identifier }, … }. RFC 5915. */
    private static byte[] curve(byte[] sec1, Path file) throws GeneralSecurityException {
        int i = content(sec1, 0);
        while (i >= 0 && i < sec1.length) {
            int start = content(sec1, i);
            int length = length(sec1, i);
            if ((sec1[i] & 0xFF) == 0xA0) {
                return Arrays.copyOfRange(sec1, start, start + length);
            }
            i = start + length;
        }
        throw new GeneralSecurityException("the elliptic curve is not named in " + file);
    }

    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        return at + 2 + (first < 128 ? 0 : first - 128);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        if (first < 128) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < first - 128; i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xFF);
        }
        return length;
    }

    private static byte[] der(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else if (content.length < 256) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] a, byte[] b) {
        var out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }
}
