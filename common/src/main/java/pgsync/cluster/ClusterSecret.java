package pgsync.cluster;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import pgsync.config.Secret;

/**
 * Puts a trace of the secret into the name of the cluster: a node with another secret forms another cluster. This keeps out
 * mistakes, not attackers. The community edition of Hazelcast asks members for nothing but that name, sends it unencrypted, and
 * whoever reads the traffic can repeat it. The member port has to be closed to everybody else by the network.
 */
final class ClusterSecret {
    // The name can be read on the wire, so guessing the secret from it has to be slow. 0.1 s at every start is what
    // that costs.
    private static final int ROUNDS = 210_000;
    private static final int BITS = 128;

    private ClusterSecret() {}

    static String nameWith(String clusterName, @Nullable Secret secret) {
        return secret == null ? clusterName : clusterName + "." + trace(clusterName, secret);
    }

    private static String trace(String clusterName, Secret secret) {
        var salt = ("pgsync cluster " + clusterName).getBytes(StandardCharsets.UTF_8);
        var key = new PBEKeySpec(secret.reveal().toCharArray(), salt, ROUNDS, BITS);
        try {
            var factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            return HexFormat.of().formatHex(factory.generateSecret(key).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2WithHmacSHA256", e);
        } finally {
            key.clearPassword();
        }
    }
}
