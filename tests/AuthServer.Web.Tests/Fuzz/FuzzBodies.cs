using System.IO.Compression;
using System.Text;

namespace AuthServer.Web.Tests.Fuzz;

/// <summary>A body with the headers that describe it.</summary>
internal sealed record FuzzBody(string? ContentType, byte[] Bytes)
{
    public string? Encoding { get; init; }

    public static FuzzBody Of(string? contentType, string text) =>
        new(contentType, System.Text.Encoding.UTF8.GetBytes(text));
}

/// <summary>Makes a body by chance from the fields that a good one has.</summary>
internal delegate FuzzBody FuzzMaker(Random chance, FuzzFields fields);

/// <summary>The ways in which a body goes wrong.</summary>
internal static class FuzzBodies
{
    public const string Form = "application/x-www-form-urlencoded";
    public const string Json = "application/json";
    public const string Multipart = "multipart/form-data";

    public static readonly string[] Charsets =
    [
        "utf-7", "utf-16", "utf-32", "iso-8859-1", "shift_jis", "x-user-defined", "us-ascii", "", "\"utf-8\"",
        "\"utf-8", "utf-8; charset=utf-7", "ebcdic", "日本", new('c', 300),
    ];

    public static readonly string[] Keys =
    [
        "a[", "a]", "[", "]", "[]", "a[0", "a[0]", "a[0].b", "a.b[", "[0]", "a[a[", "", "=", "%", "%zz", "%00", "%ff",
        "%ed%a0%80", "a%00b", "a%5B", "%5B", "__proto__", "a;b", "+", "💥", new('k', 2_047), new('k', 2_049),
        new('k', 9_000),
    ];

    private static readonly string?[] Types =
    [
        null, "", "text/plain", "text", "*/*", "application/jwt", "application/json+", "application/problem+json",
        "a/b;;;", $"{Form};", $"{Form}; charset", $"{Json}; charset=utf-7", $"{Json}; charset=utf-16", Multipart,
        $"{Multipart}; boundary=", $"{Multipart}; boundary=\"", $"{Multipart}; boundary={new string('b', 200)}",
        "multipart/mixed; boundary=b", $", {Form}",
    ];

    /// <summary>By name, for the message of a failure.</summary>
    public static (string Name, FuzzMaker Make)[] All { get; } =
    [
        .. FuzzForms.All,
        .. FuzzMultiparts.All,
        .. FuzzJson.All,
        ("a form of another type", (chance, fields) => FuzzBody.Of(Pick(chance, Types), fields.ToForm(chance))),
        ("JSON of another type", (chance, fields) => FuzzBody.Of(Pick(chance, Types), FuzzJson.Object(chance, fields))),
        ("nothing", Nothing),
        ("compressed", Compressed),
        ("compressed in name only", CompressedInName),
    ];

    public static T Pick<T>(Random chance, IReadOnlyList<T> from) => from[chance.Next(from.Count)];

    /// <summary>A text as long as limits are.</summary>
    public static string Long(Random chance) =>
        new(Pick(chance, ['a', 'é', '語']), Pick(chance, [255, 257, 1_025, 2_049, 8_193, 40_000, 70_000]));

    public static string Cut(Random chance, string text) => text[..chance.Next(text.Length)];

    public static byte[] Bytes(Random chance)
    {
        var bytes = new byte[chance.Next(200)];
        chance.NextBytes(bytes);
        return bytes;
    }

    private static FuzzBody Nothing(Random chance, FuzzFields fields) => FuzzBody.Of(
        Pick(chance, [Form, Json, null, $"{Multipart}; boundary=b"]), Pick(chance, ["", " ", "\r\n", "&", "="]));

    private static FuzzBody Compressed(Random chance, FuzzFields fields)
    {
        using var into = new MemoryStream();
        using (var gzip = new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(fields.ToForm(chance)));
        return new(Pick(chance, [Form, Json]), into.ToArray())
        {
            Encoding = Pick(chance, ["gzip", "br", "deflate", "gzip, gzip"]),
        };
    }

    private static FuzzBody CompressedInName(Random chance, FuzzFields fields) =>
        FuzzBody.Of(Pick(chance, [Form, Json]), fields.ToForm(chance)) with
        {
            Encoding = Pick(chance, ["gzip", "identity", "", "x"]),
        };
}
