package org.chancery.app.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The Java sources as the compiler's own parser sees them; lengths are measured on its trees, so
/// that no clever layout fools them.
final class Sources {
    /// A method or constructor and the lines it fills, first to last.
    record Method(Path file, String name, long lines) {}

    /// A public type and whether a `///` comment stands right above it.
    record PublicType(Path file, String name, boolean documented) {}

    private final List<Method> methods = new ArrayList<>();
    private final List<PublicType> types = new ArrayList<>();

    List<Method> methods() {
        return methods;
    }

    List<PublicType> types() {
        return types;
    }

    static Sources parse(List<Path> files) {
        Sources sources = new Sources();
        if (files.isEmpty()) {
            return sources;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(files);
            List<String> options = List.of("-proc:none");
            var task = (JavacTask) compiler.getTask(null, manager, null, options, null, units);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                sources.new Reader(unit, positions).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final Path file;
        private final List<String> lines;

        Reader(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            this.file = Path.of(unit.getSourceFile().toUri());
            this.lines = Repository.lines(file);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            long end = positions.getEndPosition(unit, method);
            if (end >= 0) {
                long last = unit.getLineMap().getLineNumber(end);
                long length = last - firstLine(method) + 1;
                methods.add(new Method(file, method.getName().toString(), length));
            }
            return super.visitMethod(method, null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                int above = (int) firstLine(type) - 2;
                boolean documented = above >= 0 && lines.get(above).strip().startsWith("///");
                types.add(new PublicType(file, type.getSimpleName().toString(), documented));
            }
            return super.visitClass(type, null);
        }

        private long firstLine(Tree tree) {
            return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
        }
    }
}
