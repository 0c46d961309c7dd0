import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/** Prints how long methods and files are and how much is public, over every module's src/main/java. Reported, never enforced. */
class Shape extends TreeScanner<Void, CompilationUnitTree> {
    private record Length(String name, long lines) {}

    private final List<Length> methods = new ArrayList<>();
    private final List<Length> files = new ArrayList<>();
    private final Trees trees;
    private int types;
    private int hiddenTypes;
    private int publicTypes;
    private int toldPublicTypes;

    private Shape(Trees trees) {
        this.trees = trees;
    }

    public static void main(String[] none) throws IOException {
        var sources = new ArrayList<Path>();
        try (var modules = Files.list(Path.of("."))) {
            for (var root : modules.map(m -> m.resolve("src/main/java")).filter(Files::isDirectory).sorted().toList()) {
                try (var walk = Files.walk(root)) {
                    walk.filter(p -> p.toString().endsWith(".java") && !p.endsWith("package-info.java")).sorted().forEach(sources::add);
                }
            }
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(sources));
        var shape = new Shape(Trees.instance(task));
        for (var unit : task.parse()) {
            shape.files.add(new Length(Path.of(unit.getSourceFile().getName()).normalize().toString(), unit.getLineMap().getLineNumber(
                    shape.trees.getSourcePositions().getEndPosition(unit, unit) - 1)));
            shape.scan(unit, unit);
        }
        shape.print();
    }

    @Override
    public Void visitClass(ClassTree type, CompilationUnitTree unit) {
        if (!type.getSimpleName().isEmpty()) {
            types++;
            if (type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                publicTypes++;
                toldPublicTypes += trees.getDocComment(trees.getPath(unit, type)) == null ? 0 : 1;
            } else {
                hiddenTypes++;
            }
        }
        return super.visitClass(type, unit);
    }

    @Override
    public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
        var at = trees.getSourcePositions();
        if (method.getBody() != null && at.getEndPosition(unit, method.getBody()) > 0) {
            var from = unit.getLineMap().getLineNumber(at.getStartPosition(unit, method));
            var to = unit.getLineMap().getLineNumber(at.getEndPosition(unit, method) - 1);
            var file = Path.of(unit.getSourceFile().getName()).getFileName();
            methods.add(new Length("%s:%d %s".formatted(file, from, method.getName()), to - from + 1));
        }
        return super.visitMethod(method, unit);
    }

    private void print() {
        System.out.printf("          %6s %7s %5s %5s %5s%n", "count", "median", "p95", "p99", "most");
        printRow("methods", methods);
        printRow("files", files);
        System.out.printf("%ntypes: %d, of them not public %d %%; public types with a promise: %d of %d%n",
                types, types == 0 ? 0 : 100 * hiddenTypes / types, toldPublicTypes, publicTypes);
        printLongest("methods", methods);
        printLongest("files", files);
    }

    private static void printRow(String what, List<Length> all) {
        var sorted = all.stream().mapToLong(Length::lines).sorted().toArray();
        if (sorted.length > 0) {
            System.out.printf("%-9s %6d %7d %5d %5d %5d%n", what, sorted.length, at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), sorted[sorted.length - 1]);
        }
    }

    private static long at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }

    private static void printLongest(String what, List<Length> all) {
        System.out.printf("%nlongest %s%n", what);
        all.stream().sorted(Comparator.comparingLong(Length::lines).reversed()).limit(8)
                .forEach(one -> System.out.printf("  %4d  %s%n", one.lines(), one.name()));
    }
}
