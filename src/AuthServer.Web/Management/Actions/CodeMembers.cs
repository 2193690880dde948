using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Actions;

/// <summary>The members that Actions and modules have in common.</summary>
internal static class CodeMembers
{
    private const int MaxDependencies = 10;

    public static ResourceSchema<T> Dependencies<T>(this ResourceSchema<T> schema)
        where T : class, ICodeContent =>
        schema.With(new("dependencies", content => JsonNode.Parse(content.Dependencies), ReadDependencies));

    /// <summary>They are read by <see cref="ActionSecretsBody"/>.</summary>
    public static ResourceSchema<T> Secrets<T>(this ResourceSchema<T> schema)
        where T : class, ICodeContent =>
        schema.With(new("secrets", content => JsonNode.Parse(content.SecretNames), (_, _) => null));

    public static string? Name(JsonElement value) =>
        JsonValidators.TextUpTo(255)(value)
        ?? (string.IsNullOrWhiteSpace(value.GetString()) ? "String is too short (0 chars), minimum 1" : null);

    private static ValidationError? ReadDependencies(ICodeContent content, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            content.Dependencies = "[]";
            return null;
        }

        if (JsonValidators.Array(value) is { } mistyped)
            return mistyped;
        if (value.GetArrayLength() > MaxDependencies)
            return $"Array has more than {MaxDependencies} items";
        foreach (var dependency in value.EnumerateArray())
        {
            if (JsonValidators.Object(dependency) is { } reason)
                return reason;
            if (!dependency.TryGetProperty("name", out var name) || JsonValidators.TextUpTo(255)(name) is not null)
                return ValidationError.Missing("name");
        }

        content.Dependencies = value.GetRawText();
        return null;
    }
}
