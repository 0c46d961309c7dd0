package pgsync.config;

/** Where a value was given, so that an error can point at it. */
sealed interface Place {
    /** What an error calls the value that stands here. */
    String subject(String key);

    /** For {@code config show}. */
    String text();

    record InFile(String file, int line, int column) implements Place {
        @Override
        public String subject(String key) {
            return text() + ": " + key;
        }

        @Override
        public String text() {
            return line > 0 ? file + ":" + line + ":" + column : file;
        }
    }

    record InEnvironment(String variable) implements Place {
        @Override
        public String subject(String key) {
            return variable;
        }

        @Override
        public String text() {
            return variable;
        }
    }

    record OnCommandLine(String flag) implements Place {
        @Override
        public String subject(String key) {
            return flag;
        }

        @Override
        public String text() {
            return flag;
        }
    }

    record Default() implements Place {
        @Override
        public String subject(String key) {
            return key;
        }

        @Override
        public String text() {
            return "default";
        }
    }
}
