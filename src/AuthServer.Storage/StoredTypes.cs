using System.Text.Json;
using AuthServer.Core;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AuthServer.Storage;

/// <summary>One reading of time on both databases: SQLite cannot compare a DateTimeOffset.</summary>
internal sealed class UtcInstant() : ValueConverter<DateTimeOffset, DateTime>(
    instant => instant.UtcDateTime,
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));

/// <summary>The dates of OpenIddict's entities, which are UTC.</summary>
internal sealed class UtcDateTime() : ValueConverter<DateTime, DateTime>(
    given => given.Kind == DateTimeKind.Local ? given.ToUniversalTime() : DateTime.SpecifyKind(given, DateTimeKind.Utc),
    stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc));

/// <summary>Space separated, as on the wire.</summary>
internal sealed class ScopesText()
    : ValueConverter<Scopes, string>(scopes => scopes.ToString(), text => Scopes.Stored(text));

internal sealed class ScopesComparer() : ValueComparer<Scopes>(
    (left, right) => object.Equals(left, right),
    scopes => scopes.GetHashCode(),
    scopes => scopes);

/// <summary>JSON as text, never queried into: the SQLite that is bundled has no <c>-&gt;&gt;</c>.</summary>
internal sealed class JsonText<T>() : ValueConverter<T, string>(
    value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default),
    text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Default)!)
    where T : class;

/// <summary>The values are replaced and never changed in place, so the reference is its own snapshot.</summary>
internal sealed class JsonComparer<T>()
    : ValueComparer<T>(
        (left, right) =>
            ReferenceEquals(left, right)
            || JsonSerializer.Serialize(left, JsonSerializerOptions.Default)
                == JsonSerializer.Serialize(right, JsonSerializerOptions.Default),
        value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default).GetHashCode(StringComparison.Ordinal),
        value => value)
    where T : class;
