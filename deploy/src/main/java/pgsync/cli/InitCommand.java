package pgsync.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pgsync.config.InvalidConfig;
import pgsync.config.Secret;
import pgsync.config.Setting;

/** Writes a configuration file in which every setting stands with its meaning and default. */
final class InitCommand implements Command {
    @Override
    public String name() {
        return "init";
    }

    @Override
    public String summary() {
        return "write a commented configuration file (default pgsync.json; .yaml and .toml too; - prints it)";
    }

    @Override
    public String arguments() {
        return "[FILE]";
    }

    @Override
    public int mostArguments() {
        return 1;
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.noneOf(Setting.class);
    }

    @Override
    public List<Extra> extras() {
        return List.of(new Extra("force", "", "overwrite the file when there is one"));
    }

    @Override
    public ExitCode run(Call call) {
        var name = call.arguments().isEmpty() ? "pgsync.json" : call.arguments().getFirst();
        if (name.equals("-")) {
            call.out().print(ConfigTemplate.of("pgsync.json"));
            return ExitCode.DONE;
        }
        write(Path.of(name), ConfigTemplate.of(name), call.has("force"));
        call.out()
                .println("Wrote " + name + ". Put the connections into it, then: pgsync -config " + name + " -dry-run");
        return ExitCode.DONE;
    }

    private static void write(Path file, String text, boolean overwrite) {
        try {
            if (overwrite) {
                Files.deleteIfExists(file);
            }
            // Made for its owner alone from the first moment: passwords come into it.
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            Files.writeString(file, text, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidConfig(shown(file) + " exists; -force overwrites it");
        } catch (IOException e) {
            throw new InvalidConfig(
                    shown(file) + " cannot be written: " + e.getClass().getSimpleName());
        }
    }

    /** Somebody may have put a connection where the file should stand. */
    private static String shown(Path file) {
        return Secret.maskIn(file.toString());
    }
}
