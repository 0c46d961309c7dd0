package pgsync.cases;

import java.util.Locale;
import java.util.function.Function;

/** By which rules a database of a case sorts and folds text where nothing else is said: {@code en_US.UTF-8}, {@code icu:und}. */
record DatabaseLocale(Provider provider, String name) {
    enum Provider {
        /** The operating system, whose locale it has to be. */
        LIBC(10),
        ICU(15),
        BUILTIN(17);

        private final int firstMajor;

        Provider(int firstMajor) {
            this.firstMajor = firstMajor;
        }

        private String prefix() {
            return name().toLowerCase(Locale.ROOT) + ":";
        }
    }

    static DatabaseLocale parse(String text, Function<String, RuntimeException> wrong) {
        for (var provider : Provider.values()) {
            if (text.startsWith(provider.prefix())) {
                return new DatabaseLocale(
                        provider, text.substring(provider.prefix().length()));
            }
        }
        if (text.contains(":")) {
            throw wrong.apply(
                    "is \"%s\"; allowed: a locale of the operating system, icu:und, builtin:C.UTF-8".formatted(text));
        }
        return new DatabaseLocale(Provider.LIBC, text);
    }

    /** Whether a server of this major has databases with such a provider. */
    boolean isKnownTo(int major) {
        return major >= provider.firstMajor;
    }

    /** Of {@code create database}. */
    String options() {
        return switch (provider) {
            case LIBC -> "lc_collate '%1$s' lc_ctype '%1$s'".formatted(name);
            case ICU -> "locale_provider icu icu_locale '%s' lc_collate 'C' lc_ctype 'C'".formatted(name);
            case BUILTIN -> "locale_provider builtin builtin_locale '%s' lc_collate 'C' lc_ctype 'C'".formatted(name);
        };
    }

    @Override
    public String toString() {
        return provider == Provider.LIBC ? name : provider.prefix() + name;
    }
}
