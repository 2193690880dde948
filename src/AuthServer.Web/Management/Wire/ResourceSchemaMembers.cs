using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;

namespace AuthServer.Web.Management.Wire;

/// <summary>The sorts of members. "Reset" is what null does to a member that can't be empty.</summary>
internal sealed partial class ResourceSchema<T>
{
    /// <summary>A member that only we write.</summary>
    public ResourceSchema<T> Shown(string name, Func<T, JsonNode?> write) => With(new(name, write, null));

    /// <summary>
    /// A member that the constructor of the entity takes; here its kind is checked, and updates are refused.
    /// </summary>
    public ResourceSchema<T> AtCreate(string name, JsonValidator kind, Func<T, JsonNode?> write) =>
        With(new(name, write, (_, value) => Check(kind, value), AtCreateOnly: true));

    /// <summary>A member that is read elsewhere: here its kind is checked.</summary>
    public ResourceSchema<T> Accepted(string name, JsonValidator kind) => With(new(
        name, _ => null, (_, value) => IsNull(value) ? null : Check(kind, value)));

    /// <summary>
    /// A member that nothing here acts on: its default, which is JSON, is shown and accepted, any other value is
    /// refused (<see cref="UnsupportedMember"/>).
    /// </summary>
    public ResourceSchema<T> Unsupported(string name, string byDefault) =>
        WithUnsupported(name, byDefault, _ => JsonNode.Parse(byDefault));

    /// <summary>The same, of a member that is not shown while it has its default.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="byDefault">The value that is accepted.</param>
    /// <param name="reason">The end of the sentence that refuses another; null when there is none.</param>
    public ResourceSchema<T> Absent(string name, string byDefault, string? reason = null) =>
        WithUnsupported(name, byDefault, _ => null, reason);

    public ResourceSchema<T> Text(
        string name, Func<T, string?> get, Action<T, string> set, JsonValidator? kind = null,
        string? reset = null) =>
        With(
            new(
                name,
                source => get(source),
                (target, value) =>
                    IsNull(value) && reset is not null
                        ? Do(() => set(target, reset))
                        : Check(kind ?? JsonValidators.Text, value) ?? Do(() => set(target, value.GetString()!))));

    /// <summary>Null and the empty text clear it.</summary>
    public ResourceSchema<T> OptionalText(
        string name, Func<T, string?> get, Action<T, string?> set,
        JsonValidator? kind = null) =>
        With(
            new(
                name,
                source => get(source),
                (target, value) =>
                    IsNull(value) || IsEmpty(value)
                        ? Do(() => set(target, null))
                        : Check(kind ?? JsonValidators.TextUpTo(2048), value)
                            ?? Do(() => set(target, value.GetString()))));

    public ResourceSchema<T> Flag(string name, Func<T, bool> get, Action<T, bool> set, bool reset = false) =>
        With(new(name, source => get(source), (target, value) => IsNull(value)
            ? Do(() => set(target, reset))
            : Check(JsonValidators.Flag, value) ?? Do(() => set(target, value.GetBoolean()))));

    public ResourceSchema<T> Whole(string name, Func<T, int> get, Action<T, int> set, int least, int most, int reset) =>
        With(new(name, source => get(source), (target, value) => IsNull(value)
            ? Do(() => set(target, reset))
            : Check(JsonValidators.Whole(least, most), value) ?? Do(() => set(target, value.GetInt32()))));

    /// <summary>Null clears it.</summary>
    public ResourceSchema<T> OptionalWhole(
        string name, Func<T, int?> get, Action<T, int?> set, int least = 0, int most = int.MaxValue) =>
        With(new(name, source => get(source), (target, value) => IsNull(value)
            ? Do(() => set(target, null))
            : Check(JsonValidators.Whole(least, most), value) ?? Do(() => set(target, value.GetInt32()))));

    public ResourceSchema<T> Number(
        string name,
        Func<T, double?> get,
        Action<T, double> set,
        double least,
        double most,
        double reset) =>
        With(
            new(
                name,
                source => get(source),
                (target, value) =>
                    IsNull(value)
                        ? Do(() => set(target, reset))
                        : Check(JsonValidators.Within(least, most), value) ?? Do(() => set(target, value.GetDouble())))
        );

    /// <summary>Null makes it empty.</summary>
    public ResourceSchema<T> Texts(
        string name, Func<T, IReadOnlyList<string>> get,
        Action<T, IReadOnlyList<string>> set) =>
        With(
            new(
                name,
                source => JsonText.ArrayOf(get(source)),
                (target, value) =>
                    IsNull(value)
                        ? Do(() => set(target, []))
                        : Check(JsonValidators.Texts, value)
                            ?? Do(() => set(target, [.. value.EnumerateArray().Select(text => text.GetString()!)]))));

    /// <summary>An object of texts, merged by name unless it is replaced as a whole: null removes one.</summary>
    public ResourceSchema<T> Dictionary(
        string name,
        Func<T, IReadOnlyDictionary<string, string>> get,
        Action<T, IReadOnlyDictionary<string, string>> set,
        int most,
        int longest,
        bool isReplaced = false) =>
        With(new(
            name,
            source => new JsonObject(get(source).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            (target, value) =>
            {
                if (IsNull(value))
                    return Do(() => set(target, new Dictionary<string, string>(StringComparer.Ordinal)));
                if (Check(JsonValidators.Object, value) is { } mistyped)
                    return mistyped;
                var merged = isReplaced
                    ? new Dictionary<string, string>(StringComparer.Ordinal)
                    : new Dictionary<string, string>(get(target), StringComparer.Ordinal);
                foreach (var pair in value.EnumerateObject())
                {
                    if (IsNull(pair.Value))
                        merged.Remove(pair.Name);
                    else if (Check(JsonValidators.TextUpTo(longest), pair.Value) is { } problem)
                        return problem.Under(pair.Name);
                    else
                        merged[pair.Name] = pair.Value.GetString()!;
                }

                return merged.Count > most || merged.Keys.Any(key => key.Length > longest)
                    ? $"At most {most} properties, with names of at most {longest} characters"
                    : Do(() => set(target, merged));
            }));

    /// <summary>
    /// An object with members of its own, of which those that are sent change. Null runs <paramref name="reset"/>.
    /// </summary>
    public ResourceSchema<T> Nested(string name, Action<T> reset, ResourceSchema<T> inner) =>
        With(new(name, source => inner.Write(source) is { Count: > 0 } json ? json : null, (target, value) =>
        {
            if (!IsNull(value))
                return Check(JsonValidators.Object, value) ?? inner.Apply(value, target, Change.Update);
            return Do(() => reset(target));
        }));

    private ResourceSchema<T> WithUnsupported(
        string name, string byDefault, Func<T, JsonNode?> write, string? reason = null)
    {
        var validator = UnsupportedMember.Validator(byDefault, reason);
        return With(new(name, write, (_, value) => Check(validator, value)));
    }

    private static bool IsNull(JsonElement value) => value.ValueKind == JsonValueKind.Null;

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0;

    private static ValidationError? Check(JsonValidator kind, JsonElement value) =>
        kind(value) is { } reason ? new ValidationError(reason) : null;

    private static ValidationError? Do(Action set)
    {
        set();
        return null;
    }
}
