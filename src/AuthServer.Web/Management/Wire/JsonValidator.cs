using System.Text.Json;

namespace AuthServer.Web.Management.Wire;

/// <summary>Tells why a JSON value does not fit; null when it does.</summary>
internal delegate string? JsonValidator(JsonElement value);

/// <summary>The kinds of values that members are made of.</summary>
internal static class JsonValidators
{
    private const int MaxElements = 1_000;

    public static JsonValidator Text { get; } = Of("string", JsonValueKind.String);

    public static JsonValidator Number { get; } = Of("number", JsonValueKind.Number);

    public static JsonValidator Object { get; } = Of("object", JsonValueKind.Object);

    public static JsonValidator Flag { get; } =
        value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Expected("boolean", value);

    public static JsonValidator Array { get; } = value =>
        value.ValueKind != JsonValueKind.Array ? Expected("array", value)
        : value.GetArrayLength() > MaxElements ? $"Array has more than {MaxElements} items"
        : null;

    public static JsonValidator Texts { get; } = ArrayOf(Text);

    public static JsonValidator Objects { get; } = ArrayOf(Object);

    public static JsonValidator OneOf(params string[] allowed) =>
        value =>
            Text(value)
            ?? (
                allowed.Contains(value.GetString(), StringComparer.Ordinal)
                    ? null
                    : "No enum match for: " + value.GetString());

    public static JsonValidator Whole(int least, int most) =>
        value =>
            Number(value)
            ?? (
                value.TryGetInt32(out var number) && number >= least && number <= most
                    ? null
                    : $"Expected a whole number between {least} and {most}");

    public static JsonValidator Within(double least, double most) =>
        value =>
            Number(value)
            ?? (
                value.TryGetDouble(out var number) && number >= least && number <= most
                    ? null
                    : $"Expected a number between {least} and {most}");

    public static JsonValidator TextUpTo(int length) =>
        value =>
            Text(value)
            ?? (
                value.GetString()!.Length <= length
                    ? null
                    : $"String is too long ({value.GetString()!.Length} chars), maximum {length}");

    /// <summary>An object whose named member, when there is one, is of that kind.</summary>
    public static JsonValidator ObjectOf(string name, JsonValidator kind) => value =>
        Object(value) ?? (value.TryGetProperty(name, out var member) ? kind(member) : null);

    private static JsonValidator ArrayOf(JsonValidator item) => value =>
        Array(value) ?? value.EnumerateArray().Select(item.Invoke).FirstOrDefault(reason => reason is not null);

    private static JsonValidator Of(string name, JsonValueKind kind) =>
        value => value.ValueKind == kind ? null : Expected(name, value);

    private static string Expected(string name, JsonElement value) =>
        $"Expected type {name} but found type {NameOf(value.ValueKind)}";

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
