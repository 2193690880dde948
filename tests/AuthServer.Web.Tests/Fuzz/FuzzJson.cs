using System.Text;
using static AuthServer.Web.Tests.Fuzz.FuzzBodies;

namespace AuthServer.Web.Tests.Fuzz;

/// <summary>JSON, good and bad.</summary>
internal static class FuzzJson
{
    private static readonly string[] Values =
    [
        "null", "true", "1e999", "-1e999", "1E400", "99999999999999999999999", "-0", "0.1e-999", "9223372036854775808",
        "2147483648", "\"\\u0000\"", "\"\\ud800\"", "\"\\udfff\\ud800\"", "\"\"", "\"\\uD83D\\uDE00\"", "[]", "{}",
        "[[]]", "{\"a\":1,\"a\":2}", "[1,\"a\",null,{}]", "\"2030-13-41T25:00:00Z\"", "\"javascript:alert(1)\"",
        "\"https://[::1\"", "NaN", "Infinity", "'a'", "01", "\u0001",
    ];

    public static (string Name, FuzzMaker Make)[] All { get; } =
    [
        ("JSON", (chance, fields) => Of(Object(chance, fields))),
        ("JSON with a charset", (chance, fields) =>
            FuzzBody.Of($"{Json}; charset={Pick(chance, Charsets)}", Object(chance, fields))),
        ("JSON cut short", (chance, fields) => Of(Cut(chance, Object(chance, fields)))),
        ("JSON that is no object", (chance, _) => Of(Pick(chance, Values))),
        ("JSON with a list of bodies", (chance, fields) => Of($"[{Object(chance, fields)},{Pick(chance, Values)}]")),
        ("JSON with a repeated member", (chance, fields) => Of(Repeated(fields.Name(chance), Object(chance, fields)))),
        ("JSON that is deep", (chance, fields) => Of($"{{\"{fields.Name(chance)}\":{Deep(chance)}}}")),
        ("JSON with a long text", (chance, fields) => Of($"{{\"{fields.Name(chance)}\":\"{Long(chance)}\"}}")),
        ("JSON in UTF-16", (chance, fields) => new(Json, Encoding.Unicode.GetBytes(Object(chance, fields)))),
        ("JSON with a byte order mark", (chance, fields) => Of("\uFEFF" + Object(chance, fields))),
        ("JSON with comments", (chance, fields) => Of("/* */" + Object(chance, fields) + ",")),
        ("JSON of bytes", (chance, _) => new(Json, [.. "{\"name\":\""u8, .. Bytes(chance), .. "\"}"u8])),
    ];

    public static string Object(Random chance, FuzzFields fields) => fields.ToJson(chance, Values);

    private static FuzzBody Of(string text) => FuzzBody.Of(Json, text);

    private static string Repeated(string name, string json) =>
        json.Replace("{", $"{{\"{name}\":1,\"{name}\":1,", StringComparison.Ordinal);

    /// <summary>About as deep as this server and the parser go.</summary>
    private static string Deep(Random chance)
    {
        var depth = Pick(chance, [7, 15, 16, 17, 31, 33, 63, 65, 1_001, 20_000]);
        return chance.Next(2) == 0
            ? new string('[', depth) + new string(']', depth)
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }
}
