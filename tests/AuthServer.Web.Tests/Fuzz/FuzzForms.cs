using System.Globalization;
using static AuthServer.Web.Tests.Fuzz.FuzzBodies;

namespace AuthServer.Web.Tests.Fuzz;

/// <summary>Forms, good and bad.</summary>
internal static class FuzzForms
{
    public static (string Name, FuzzMaker Make)[] All { get; } =
    [
        ("form", (chance, fields) => FuzzBody.Of(Form, fields.ToForm(chance))),
        ("form with a charset", (chance, fields) =>
            FuzzBody.Of($"{Form}; charset={Pick(chance, Charsets)}", fields.ToForm(chance))),
        ("form with odd keys", (chance, fields) =>
            With(fields.ToForm(chance), $"{Pick(chance, Keys)}=x&{Pick(chance, Keys)}")),
        ("form with many keys", (chance, fields) => With(fields.ToForm(chance), ManyKeys(chance))),
        ("form with repeated keys", (chance, fields) => With(fields.ToForm(chance), fields.ToForm(chance))),
        ("form with a long value", (chance, fields) =>
            With(fields.ToForm(chance), $"{fields.Name(chance)}={Long(chance)}")),
        ("form of bytes", (chance, _) => new(Form, Bytes(chance))),
    ];

    private static FuzzBody With(string first, string second) =>
        FuzzBody.Of(Form, first.Length == 0 ? second : $"{first}&{second}");

    /// <summary>About as many as this server and the framework take.</summary>
    private static string ManyKeys(Random chance)
    {
        var many = Pick(chance, [99, 101, 1_020, 1_024, 1_025, 1_030, 3_000]);
        var fields = Enumerable.Range(0, many).Select(i => string.Create(CultureInfo.InvariantCulture, $"k{i}=v"));
        return string.Join('&', fields);
    }
}
