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
    private readonly Dictionary<string, Member<T>> members = new(StringComparer.Ordinal);

    public ResourceSchema<T> With(Member<T> member)
    {
        members.Add(member.Name, member);
        return this;
    }

    public ValidationError? Apply(JsonElement body, T target, Change change)
    {
        foreach (var sent in body.EnumerateObject())
        {
            if (!members.TryGetValue(sent.Name, out var member)
                || member.Read is null
                || (member.AtCreateOnly && change == Change.Update))
                return ValidationError.Unknown(sent.Name);
            if (member.Read(target, sent.Value) is { } problem)
                return problem.Under(sent.Name);
        }

        return null;
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

        return json;
    }
}
