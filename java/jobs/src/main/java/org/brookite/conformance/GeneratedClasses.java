package org.brookite.conformance;

import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.AASTORE;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.ACC_ENUM;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.ALOAD;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.ANEWARRAY;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.ARETURN;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.DUP;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.ILOAD;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.NEW;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.RETURN;
import static org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes.V11;

import java.util.List;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassWriter;
import org.apache.flink.shaded.asm9.org.objectweb.asm.MethodVisitor;

/** Makes classes at run time: POJOs of any fields, enums of any constants. */
final class GeneratedClasses extends ClassLoader {

  private static final String CONSTRUCTOR = "<init>";
  private static final String OBJECT = "java/lang/Object";
  private static final String ENUM = "java/lang/Enum";
  private static final String ENUM_CONSTRUCTOR = "(Ljava/lang/String;I)V";

  private int made;

  GeneratedClasses() {
    super(GeneratedClasses.class.getClassLoader());
  }

  private String nextName() {
    return "generated/Class" + made++;
  }

  private String define(String name, ClassWriter writer) {
    writer.visitEnd();
    byte[] bytes = writer.toByteArray();
    return defineClass(name.replace('/', '.'), bytes, 0, bytes.length).getName();
  }

  /** Makes a class with public fields, each of which can hold any object; returns its name. */
  String pojo(List<String> fields) {
    String name = nextName();
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(V11, ACC_PUBLIC | ACC_SUPER, name, null, OBJECT, null);
    for (String field : fields) {
      writer.visitField(ACC_PUBLIC, field, "Ljava/lang/Object;", null, null).visitEnd();
    }
    MethodVisitor constructor = writer.visitMethod(ACC_PUBLIC, CONSTRUCTOR, "()V", null, null);
    constructor.visitVarInsn(ALOAD, 0);
    constructor.visitMethodInsn(INVOKESPECIAL, OBJECT, CONSTRUCTOR, "()V", false);
    end(constructor, RETURN);
    return define(name, writer);
  }

  /** Makes an enum; returns its name. */
  String enumeration(List<String> constants) {
    String name = nextName();
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(V11, ACC_PUBLIC | ACC_FINAL | ACC_SUPER | ACC_ENUM, name, null, ENUM, null);
    MethodVisitor constructor =
        writer.visitMethod(ACC_PRIVATE, CONSTRUCTOR, ENUM_CONSTRUCTOR, null, null);
    constructor.visitVarInsn(ALOAD, 0);
    constructor.visitVarInsn(ALOAD, 1);
    constructor.visitVarInsn(ILOAD, 2);
    constructor.visitMethodInsn(INVOKESPECIAL, ENUM, CONSTRUCTOR, ENUM_CONSTRUCTOR, false);
    end(constructor, RETURN);

    // What Java asks an enum for its constants; it does so once and keeps them.
    MethodVisitor values =
        writer.visitMethod(ACC_PUBLIC | ACC_STATIC, "values", "()[L" + name + ";", null, null);
    values.visitLdcInsn(constants.size());
    values.visitTypeInsn(ANEWARRAY, name);
    for (int i = 0; i < constants.size(); i++) {
      values.visitInsn(DUP);
      values.visitLdcInsn(i);
      values.visitTypeInsn(NEW, name);
      values.visitInsn(DUP);
      values.visitLdcInsn(constants.get(i));
      values.visitLdcInsn(i);
      values.visitMethodInsn(INVOKESPECIAL, name, CONSTRUCTOR, ENUM_CONSTRUCTOR, false);
      values.visitInsn(AASTORE);
    }
    end(values, ARETURN);
    return define(name, writer);
  }

  private static void end(MethodVisitor method, int instruction) {
    method.visitInsn(instruction);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }
}
