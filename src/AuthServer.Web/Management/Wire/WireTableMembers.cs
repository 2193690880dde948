using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthServer.Web.Management.Wire;

/// <summary>The sorts of members. "Reset" is what null does to a member that can't be empty.</summary>
internal sealed partial class WireTable<T>
{
    /// <summary>A member that only we write.</summary>
    public WireTable<T> Shown(string name, Func<T, JsonNode?> write) => With(new(name, write, null));

    /// <summary>A member that the constructor of the entity takes; here its kind is checked, and updates are refused.</summary>
    public WireTable<T> AtCreate(string name, JsonKind kind, Func<T, JsonNode?> write) =>
        With(new(name, write, (_, value) => Check(kind, value), AtCreateOnly: true));

    /// <summary>A member that is read elsewhere, or means nothing here: its kind is checked.</summary>
    public WireTable<T> Accepted(string name, JsonKind kind) => With(new(name, _ => null, (_, value) => IsNull(value) ? null : Check(kind, value)));

    /// <summary>A member that is always the same here: what is sent is checked and changes nothing.</summary>
    public WireTable<T> Constant(string name, JsonKind kind, bool value) =>
        With(new(name, _ => value, (_, sent) => IsNull(sent) ? null : Check(kind, sent)));

    public WireTable<T> Text(string name, Func<T, string?> get, Action<T, string> set, JsonKind? kind = null, string? reset = null) =>
        With(new(name, source => get(source), (target, value) => IsNull(value) && reset is not null
            ? Do(() => set(target, reset))
            : Check(kind ?? JsonKinds.Text, value) ?? Do(() => set(target, value.GetString()!))));

    /// <summary>Null and the empty text clear it.</summary>
    public WireTable<T> OptionalText(string name, Func<T, string?> get, Action<T, string?> set, JsonKind? kind = null) =>
        With(new(name, source => get(source), (target, value) => IsNull(value) || IsEmpty(value)
            ? Do(() => set(target, null))
            : Check(kind ?? JsonKinds.LongestText(2048), value) ?? Do(() => set(target, value.GetString()))));

    public WireTable<T> Flag(string name, Func<T, bool> get, Action<T, bool> set, bool reset = false) =>
        With(new(name, source => get(source), (target, value) => IsNull(value)
            ? Do(() => set(target, reset))
            : Check(JsonKinds.Flag, value) ?? Do(() => set(target, value.GetBoolean()))));

    public WireTable<T> Whole(string name, Func<T, int> get, Action<T, int> set, int least, int most, int reset) =>
        With(new(name, source => get(source), (target, value) => IsNull(value)
            ? Do(() => set(target, reset))
            : Check(JsonKinds.Whole(least, most), value) ?? Do(() => set(target, value.GetInt32()))));

    public WireTable<T> Number(string name, Func<T, double?> get, Action<T, double> set, double least, double most, double reset) =>
        With(new(name, source => get(source), (target, value) => IsNull(value)
            ? Do(() => set(target, reset))
            : Check(JsonKinds.Within(least, most), value) ?? Do(() => set(target, value.GetDouble()))));

    /// <summary>Null makes it empty.</summary>
    public WireTable<T> Texts(string name, Func<T, IReadOnlyList<string>> get, Action<T, IReadOnlyList<string>> set) =>
        With(new(name, source => ArrayOf(get(source)), (target, value) => IsNull(value)
            ? Do(() => set(target, []))
            : Check(JsonKinds.Texts, value) ?? Do(() => set(target, [.. value.EnumerateArray().Select(text => text.GetString()!)]))));

    /// <summary>An object of texts, merged by name unless it is replaced as a whole: null removes one.</summary>
    public WireTable<T> Dictionary(
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
                if (Check(JsonKinds.Object, value) is { } mistyped)
                    return mistyped;
                var merged = isReplaced
                    ? new Dictionary<string, string>(StringComparer.Ordinal)
                    : new Dictionary<string, string>(get(target), StringComparer.Ordinal);
                foreach (var pair in value.EnumerateObject())
                {
                    if (IsNull(pair.Value))
                        merged.Remove(pair.Name);
                    else if (Check(JsonKinds.LongestText(longest), pair.Value) is { } problem)
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
    public WireTable<T> Nested(string name, Action<T> reset, WireTable<T> inner) =>
        With(new(name, source => inner.Write(source) is { Count: > 0 } json ? json : null, (target, value) =>
        {
            if (!IsNull(value))
                return Check(JsonKinds.Object, value) ?? inner.Apply(value, target, Change.Update);
            reset(target);
            inner.ForgetKept(target);
            return null;
        }));

    public static JsonArray ArrayOf(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static bool IsNull(JsonElement value) => value.ValueKind == JsonValueKind.Null;

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0;

    private static Problem? Check(JsonKind kind, JsonElement value) => kind(value) is { } reason ? new Problem(reason) : null;

    private static Problem? Do(Action set)
    {
        set();
        return null;
    }
}
