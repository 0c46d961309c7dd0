package pgsync.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/** Whether a certificate is for the host we asked for, by libpq's rules (PostgreSQL manual, 32.19.1). */
final class HostName {
    private static final int DNS = 2;
    private static final int IP = 7;

    private HostName() {}

    static boolean matches(String host, X509Certificate certificate) {
        boolean isAddress = host.indexOf(':') >= 0 || host.matches("[0-9]+(\\.[0-9]+){3}");
        boolean commonNameCounts = true;
        for (var name : alternativeNames(certificate)) {
            int kind = (Integer) name.get(0);
            if (kind == DNS && matchesPattern(host, String.valueOf(name.get(1)))) {
                return true;
            }
            if (kind == IP && isAddress && sameAddress(host, String.valueOf(name.get(1)))) {
                return true;
            }
            commonNameCounts &= !(isAddress ? kind == IP : kind == DNS);
        }
        var commonName = commonNameCounts ? commonName(certificate) : null;
        return commonName != null && matchesPattern(host, commonName);
    }

    /** A leading {@code *.} stands for one label. */
    private static boolean matchesPattern(String host, String pattern) {
        var name = host.toLowerCase(Locale.ROOT);
        var wanted = pattern.toLowerCase(Locale.ROOT);
        if (!wanted.startsWith("*.")) {
            return name.equals(wanted);
        }
        int dot = name.indexOf('.');
        return dot > 0 && name.substring(dot).equals(wanted.substring(1));
    }

    private static boolean sameAddress(String host, String other) {
        try { // both are numeric, so nothing is looked up
            return InetAddress.getByName(host).equals(InetAddress.getByName(other));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static @Nullable String commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> String.valueOf(rdn.getValue()))
                            .findFirst()
                            .orElse(null);
        } catch (InvalidNameException e) {
            return null;
        }
    }
}
