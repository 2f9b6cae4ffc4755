package org.brookite.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.StringUtils;
import org.brookite.proto.DataType;
import org.brookite.type.DataTypes;
import org.brookite.type.TypeMapping;
import org.junit.jupiter.api.Test;

class CheckTest {

  private static final TypeInformation<?> ROW =
      InternalTypeInfo.of(RowType.of(GoldenColumns.STRING));

  /** Descriptions are found again from the types, so this proves the mapping both ways, too. */
  @Test
  void whatFlinkWroteFlinkReads() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> failures = new ArrayList<>();
    Golden golden =
        GoldenFile.golden(
            (type, hex, value) -> {
              JsonNode expected = json.readTree(value.toString());
              byte[] bytes = StringUtils.hexStringToByte(hex);
              String failure = Check.failure(type, bytes, expected);
              if (failure != null) {
                failures.add(DataTypes.describe(type) + ": " + failure);
              }
            });
    // Of a null Timestamp, Flink's serializer writes twelve bytes and reads eight.
    assertThat(failures)
        .containsExactly(
            "SqlTimestamp: Flink left 4 of 12 bytes unread",
            "TUPLE<Nullable<SqlTimestamp>, SqlTimestamp>: Flink left 4 of 13 bytes unread");
    assertThat(golden.lines()).hasSizeGreaterThan(1000);
  }

  private static String failure(TypeInformation<?> type, String hex, String json)
      throws IOException {
    DataType description = TypeMapping.toDataType(type);
    return Check.failure(
        description, StringUtils.hexStringToByte(hex), new ObjectMapper().readTree(json));
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    assertThat(failure(Types.LONG, "0000000000000001", "1")).isNull();
    assertThat(failure(Types.LONG, "0000000000000001", "2")).isEqualTo("Flink read 1");
    assertThat(failure(Types.LONG, "000000000000000100", "1")).contains("left 1 of 9 bytes unread");
    assertThat(failure(Types.LONG, "00", "1")).contains("EOFException");
    assertThat(failure(Types.PRIMITIVE_ARRAY(Types.LONG), "7fffffff", "[]"))
        .contains("OutOfMemoryError");
    assertThat(failure(Types.BOOLEAN, "02", "true")).isEqualTo("Flink wrote 01");
    assertThat(failure(Types.LOCAL_TIME, "0c1e0000000000", "\"12:30:00.0\"")).isNull();
    assertThat(failure(Types.DOUBLE, "8000000000000000", "0.0")).isEqualTo("Flink read -0.0");
  }

  @Test
  void rowsMustBeAsFlinkWritesThem() throws IOException {
    String canonical = "00000010" + "0000000000000000" + "6100000000000081";
    assertThat(failure(ROW, canonical, "{\"f0\":\"a\"}")).isNull();
    String dirty = "00000010" + "0000000000000000" + "6162000000000081";
    assertThat(failure(ROW, dirty, "{\"f0\":\"a\"}")).startsWith("not as Flink would write it");
    // Wherever they are: Flink copies their bytes as they come.
    assertThat(failure(Types.LIST(ROW), "00000001" + canonical, "[{\"f0\":\"a\"}]")).isNull();
    assertThat(failure(Types.LIST(ROW), "00000001" + dirty, "[{\"f0\":\"a\"}]"))
        .startsWith("not as Flink would write it");
  }

  @Test
  void setsAndMapsMayComeInAnyOrder() throws IOException {
    String set = "00000002" + "000000000000000001" + "000000000000000002";
    assertThat(failure(Types.SET(Types.LONG), set, "[2,1]")).isNull();
    assertThat(failure(Types.SET(Types.LONG), set, "[2,2]")).startsWith("Flink read");
    String noBoolean = "00000001" + "41";
    assertThat(failure(Types.SET(Types.LONG), noBoolean, "[null]")).startsWith("Flink wrote");
    assertThat(failure(Types.LIST(Types.BYTE), "000000020102", "[2,1]")).startsWith("Flink read");
  }
}
