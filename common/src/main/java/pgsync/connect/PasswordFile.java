package pgsync.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.config.Secret;

/** {@code .pgpass}: lines {@code host:port:database:user:password}, the first that fits. PostgreSQL manual, 32.16. */
final class PasswordFile {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordFile.class);

    private final List<List<String>> lines;

    private PasswordFile(List<List<String>> lines) {
        this.lines = lines;
    }

    /** Without lines when there is no such file, or others may read it: then it is not used, as in libpq, and the log says so. */
    static PasswordFile read(Path file, Surroundings.Reader files) {
        if (!files.exists(file)) {
            return new PasswordFile(List.of());
        }
        try {
            if (files.isOpenToOthers(file)) {
                LOG.warn(
                        "password file {} has group or world access and is not used; permissions should be 0600 or less",
                        file);
                return new PasswordFile(List.of());
            }
            return new PasswordFile(files.read(file)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(PasswordFile::fields)
                    .filter(fields -> fields.size() == 5)
                    .toList());
        } catch (IOException e) {
            LOG.warn("password file {} cannot be read and is not used: {}", file, e.toString());
            return new PasswordFile(List.of());
        }
    }

    @Nullable
    Secret find(String host, int port, String database, String user) {
        var wanted = List.of(host, Integer.toString(port), database, user);
        for (var line : lines) {
            boolean fits = true;
            for (int i = 0; i < wanted.size(); i++) {
                fits &= line.get(i).equals("*") || unescape(line.get(i)).equals(wanted.get(i));
            }
            if (fits) {
                return new Secret(unescape(line.get(4)));
            }
        }
        return null;
    }

    /** Splits at colons that no backslash escapes; everything after the fourth is the password. */
    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(c).append(line.charAt(++i));
            } else if (c == ':' && fields.size() < 4) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static String unescape(String field) {
        var out = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\' && i + 1 < field.length()) {
                i++;
            }
            out.append(field.charAt(i));
        }
        return out.toString();
    }
}
