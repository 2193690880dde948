using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthServer.Web.Tests.Fuzz;

/// <summary>The fields of a good body, from which bodies are made.</summary>
/// <param name="values">For a form, and for the protocol's JSON.</param>
/// <param name="members">For the Management API's JSON; empty for another endpoint.</param>
internal sealed class FuzzFields(
    IReadOnlyList<KeyValuePair<string, string>> values, IReadOnlyList<KeyValuePair<string, JsonNode?>> members)
{
    /// <summary>A field that stays in every form: the token against forged ones.</summary>
    public KeyValuePair<string, string>? Always { get; init; }

    public string Name(Random chance) => members.Count > 0 && chance.Next(4) > 0
        ? members[chance.Next(members.Count)].Key
        : values[chance.Next(values.Count)].Key;

    public IEnumerable<KeyValuePair<string, string>> Some(Random chance)
    {
        var some = Choose(chance, values).ToList();
        if (Always is { } always && chance.Next(8) > 0)
            some.Add(always);
        return some;
    }

    public string ToForm(Random chance) => string.Join('&', Some(chance).Select(field =>
        $"{UrlEncoder.Default.Encode(field.Key)}={UrlEncoder.Default.Encode(field.Value)}"));

    /// <summary>Good members, of which one may have an odd value.</summary>
    public string ToJson(Random chance, IReadOnlyList<string> odd)
    {
        var chosen = members.Count > 0
            ? [.. Choose(chance, members).Select(member => (member.Key, Value: member.Value?.ToJsonString() ?? "null"))]
            : Choose(chance, values).Select(field => (field.Key, Value: JsonSerializer.Serialize(field.Value)))
                .ToList();
        if (chance.Next(4) > 0)
            chosen.Add((Name(chance), FuzzBodies.Pick(chance, odd)));
        var pairs = chosen.DistinctBy(member => member.Key).Select(member => $"\"{member.Key}\":{member.Value}");
        return "{" + string.Join(',', pairs) + "}";
    }

    private static IEnumerable<T> Choose<T>(Random chance, IReadOnlyList<T> from)
    {
        var many = chance.Next(Math.Min(from.Count, 12) + 1);
        return Enumerable.Range(0, many).Select(_ => from[chance.Next(from.Count)]).Distinct();
    }
}
