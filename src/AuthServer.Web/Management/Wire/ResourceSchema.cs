using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthServer.Web.Management.Wire;

internal enum Change
{
    Create,
    Update,
}

/// <summary>A member on the wire.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Write">Its value; null leaves the member out.</param>
/// <param name="Read">Takes a value over; JSON null too. Null for a member that only we write.</param>
/// <param name="AtCreateOnly">An update that names it is refused.</param>
internal sealed record Member<T>(
    string Name, Func<T, JsonNode?> Write, Func<T, JsonElement, ValidationError?>? Read, bool AtCreateOnly = false);

/// <summary>
/// The members of a resource: one table says which exist, how each is read, checked and written, and whether an update
/// merges an object or replaces it. A member that is absent from a body stays as it is; null clears it, or resets it
/// when it can't be empty; one that is not in the table is refused.
/// </summary>
internal sealed partial class ResourceSchema<T>
    where T : class
{
    /// <summary>Bytes, of one member.</summary>
    private const int MaxMergedLength = 128 * 1024;

    private readonly Dictionary<string, Member<T>> members = new(StringComparer.Ordinal);
    private readonly List<Kept> kept = [];
    private readonly Func<T, string>? readOther;
    private readonly Action<T, string>? writeOther;

    public ResourceSchema()
    {
    }

    /// <param name="other">The entity's bag of members that are kept and shown, and not acted upon: a JSON
    /// object.</param>
    /// <param name="setOther">Replaces it.</param>
    public ResourceSchema(Func<T, string> other, Action<T, string> setOther) =>
        (readOther, writeOther) = (other, setOther);

    private sealed record Kept(string Name, string StoredAs, JsonValidator Kind, string? Default, bool IsMerged);

    public ResourceSchema<T> With(Member<T> member)
    {
        members.Add(member.Name, member);
        return this;
    }

    /// <summary>A member without a column: checked, kept and shown. <paramref name="byDefault"/> is JSON.</summary>
    public ResourceSchema<T> Keep(string name, JsonValidator kind, string? byDefault = null, string? storedAs = null)
    {
        kept.Add(new Kept(name, storedAs ?? name, kind, byDefault, IsMerged: false));
        return this;
    }

    /// <summary>
    /// An object without a column: an update merges it member by member (<see cref="JsonMergePatch"/>), and one that
    /// becomes empty has its default again.
    /// </summary>
    public ResourceSchema<T> KeepMerged(
        string name, string? byDefault = null, JsonValidator? kind = null, string? storedAs = null)
    {
        kept.Add(new Kept(name, storedAs ?? name, kind ?? JsonValidators.Object, byDefault, IsMerged: true));
        return this;
    }

    public ValidationError? Apply(JsonElement body, T target, Change change)
    {
        foreach (var sent in body.EnumerateObject().Where(sent => !kept.Exists(k => k.Name == sent.Name)))
        {
            if (!members.TryGetValue(sent.Name, out var member)
                || member.Read is null
                || (member.AtCreateOnly && change == Change.Update))
                return ValidationError.Unknown(sent.Name);
            if (member.Read(target, sent.Value) is { } problem)
                return problem.Under(sent.Name);
        }

        return Keep(body, target);
    }

    /// <exception cref="ManagementException">The body is invalid.</exception>
    public void Apply(JsonBody body, T target, Change change) =>
        ManagementException.ThrowIfInvalid(Apply(body.Root, target, change));

    public JsonObject Write(T source)
    {
        var json = new JsonObject();
        foreach (var member in members.Values)
        {
            if (member.Write(source) is { } value)
                json[member.Name] = value;
        }

        if (kept.Count == 0)
            return json;
        var other = Bag(source);
        foreach (var member in kept)
        {
            if (Current(member, other) is { } value)
                json[member.Name] = value;
        }

        return json;
    }

    private ValidationError? Keep(JsonElement body, T target)
    {
        JsonObject? other = null;
        foreach (var member in kept)
        {
            if (!body.TryGetProperty(member.Name, out var value))
                continue;
            other ??= Bag(target);
            if (value.ValueKind == JsonValueKind.Null)
                other.Remove(member.StoredAs);
            else if ((member.IsMerged ? Merge(member, value, other) : Replace(member, value, other)) is { } reason)
                return new ValidationError(reason, member.Name);
        }

        if (other is not null)
            writeOther!(target, other.ToJsonString());
        return null;
    }

    private static string? Replace(Kept member, JsonElement value, JsonObject other)
    {
        if (member.Kind(value) is { } reason)
            return reason;
        other[member.StoredAs] = JsonNode.Parse(value.GetRawText());
        return null;
    }

    private static string? Merge(Kept member, JsonElement value, JsonObject other)
    {
        if (JsonValidators.Object(value) is { } mistyped)
            return mistyped;
        var merged = JsonMergePatch.Apply(Current(member, other), JsonNode.Parse(value.GetRawText()))!.AsObject();
        if (member.Kind(JsonSerializer.SerializeToElement(merged)) is { } reason)
            return reason;
        if (merged.ToJsonString().Length > MaxMergedLength)
            return $"Is larger than {MaxMergedLength} bytes";
        if (merged.Count > 0)
            other[member.StoredAs] = merged;
        else
            other.Remove(member.StoredAs);
        return null;
    }

    private static JsonNode? Current(Kept member, JsonObject other) =>
        other[member.StoredAs]?.DeepClone() ?? (member.Default is null ? null : JsonNode.Parse(member.Default));

    private void ForgetKept(T target)
    {
        if (kept.Count == 0)
            return;
        var other = Bag(target);
        foreach (var member in kept)
            other.Remove(member.StoredAs);
        writeOther!(target, other.ToJsonString());
    }

    private JsonObject Bag(T source) =>
        JsonNode
            .Parse((readOther ?? throw new InvalidOperationException("This table has no bag."))(source))!
            .AsObject();
}
