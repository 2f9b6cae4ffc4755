package org.brookite.type;

import java.util.List;
import org.brookite.proto.DataType;
import org.brookite.proto.Field;
import org.brookite.proto.Primitive;
import org.brookite.proto.RowType;
import org.brookite.proto.TupleType;

/** Types as Rust describes them in a manifest. */
public final class TestTypes {

  public static final DataType STRING = DataTypes.of(Primitive.PRIMITIVE_STRING);
  public static final DataType INT = DataTypes.of(Primitive.PRIMITIVE_INT);
  public static final DataType BIGINT = DataTypes.of(Primitive.PRIMITIVE_BIGINT);

  private TestTypes() {}

  public static DataType option(DataType type) {
    return DataTypes.withNullability(type, true);
  }

  public static DataType tuple(DataType... fields) {
    return DataTypes.of(TupleType.newBuilder().addAllFields(List.of(fields)).build());
  }

  /** A row with columns a, b, c and so on. */
  public static DataType row(DataType... columns) {
    RowType.Builder row = RowType.newBuilder();
    for (int i = 0; i < columns.length; i++) {
      row.addFields(
          Field.newBuilder().setName(String.valueOf((char) ('a' + i))).setType(columns[i]));
    }
    return DataTypes.of(row.build());
  }
}
