using static AuthServer.Web.Tests.Fuzz.FuzzBodies;

namespace AuthServer.Web.Tests.Fuzz;

/// <summary>Multipart forms, which no endpoint reads, whole and broken.</summary>
internal static class FuzzMultiparts
{
    private const string Disposition = "--b\r\nContent-Disposition: form-data; name=";
    private const string End = "--b--\r\n";

    public static (string Name, FuzzMaker Make)[] All { get; } =
    [
        ("multipart", (chance, fields) => Of(Parts(fields, chance) + End)),
        ("multipart without an end", (chance, fields) => Of(Parts(fields, chance))),
        ("multipart cut short", (chance, fields) => Of(Cut(chance, Parts(fields, chance) + End))),
        ("multipart with another boundary", (chance, fields) =>
            Of(Parts(fields, chance), Pick(chance, ["c", "", "\"b", new('b', 80)]))),
        ("multipart without headers", (_, _) => Of($"--b\r\n\r\nvalue\r\n{End}")),
        ("multipart with odd headers", (chance, _) =>
            Of($"{Disposition}\"{Pick(chance, Keys)}\r\n: x\r\n{Long(chance)}\r\n\r\nvalue\r\n{End}")),
        ("multipart with a file", (chance, _) =>
            Of($"{Disposition}\"username\"; filename=\"{Pick(chance, Keys)}\"\r\n\r\nvalue\r\n{End}")),
        ("multipart with many parts", (chance, _) =>
            Of(string.Concat(Enumerable.Repeat($"{Disposition}\"a\"\r\n\r\nv\r\n", chance.Next(1_000, 1_100))) + End)),
    ];

    private static FuzzBody Of(string text, string boundary = "b") =>
        FuzzBody.Of($"{Multipart}; boundary={boundary}", text);

    private static string Parts(FuzzFields fields, Random chance) => string.Concat(
        fields.Some(chance).Select(field => $"{Disposition}\"{field.Key}\"\r\n\r\n{field.Value}\r\n"));
}
