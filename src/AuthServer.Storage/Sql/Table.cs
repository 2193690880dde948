using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AuthServer.Storage.Sql;

/// <summary>
/// How the model keeps <typeparamref name="T"/>: its table, its columns, and what is written into them.
/// </summary>
internal sealed class Table<T>
    where T : class
{
    /// <summary>By the type of a column.</summary>
    private static readonly Dictionary<Type, string> Getters = new()
    {
        [typeof(string)] = nameof(IRow.GetString),
        [typeof(int)] = nameof(IRow.GetInt32),
        [typeof(long)] = nameof(IRow.GetInt64),
        [typeof(bool)] = nameof(IRow.GetBoolean),
        [typeof(Guid)] = nameof(IRow.GetGuid),
        [typeof(DateTime)] = nameof(IRow.GetDateTime),
        [typeof(byte[])] = nameof(IRow.GetBytes),
    };

    private readonly string name;
    private readonly string[] columns;
    private readonly ConcurrentDictionary<string, Statement> selects = new(StringComparer.Ordinal);
    private readonly Lazy<Func<T, object?[]>> values;
    private readonly Lazy<Func<IRow, int, T>> read;

    public Table(IEntityType entity)
    {
        var properties = entity.GetProperties().ToArray();
        columns = [.. properties.Select(property => property.GetColumnName())];
        name = entity.GetTableName()!;

        // A number that counts up is given by the database.
        var written = properties
            .Where(property => !(property.ClrType == typeof(long) && property.IsPrimaryKey()))
            .ToArray();
        Insert = new(
            $"INSERT INTO {name} ({string.Join(", ", written.Select(property => property.GetColumnName()))}) VALUES "
                + $"({string.Join(", ", written.Select((_, i) => $"${i + 1}"))})");
        values = new(() => Writer(written));
        read = new(() => Reader(properties));
    }

    public Statement Insert { get; }

    public int Count => columns.Length;

    /// <summary>The columns, for a SELECT.</summary>
    public string Columns(string alias) => string.Join(", ", columns.Select(column => $"{alias}.{column}"));

    /// <summary>The rows for which something is true.</summary>
    /// <param name="condition">A constant.</param>
    public Statement Where(string condition) =>
        selects.GetOrAdd(
            condition,
            static (where, table) => new($"SELECT {table.Columns(table.name)} FROM {table.name} WHERE {where}"),
            this);

    public object?[] Values(T row) => values.Value(row);

    /// <param name="row">The row.</param>
    /// <param name="first">The place of the first of <see cref="Columns"/>.</param>
    public T Read(IRow row, int first = 0) => read.Value(row, first);

    private static Func<T, object?[]> Writer(IProperty[] properties)
    {
        var row = Expression.Parameter(typeof(T));
        var written = properties.Select(property =>
        {
            Expression value = Expression.Property(row, property.PropertyInfo!);
            if (property.GetTypeMapping().Converter is not { } converter)
                return Expression.Convert(value, typeof(object));
            var converted = Convert(converter.ConvertToProviderExpression, NotNull(value));
            return MayBeNull(property.ClrType)
                ? Expression.Condition(
                    Expression.Equal(value, Expression.Constant(null, property.ClrType)),
                    Expression.Constant(null),
                    converted)
                : converted;
        });
        return Expression.Lambda<Func<T, object?[]>>(Expression.NewArrayInit(typeof(object), written), row).Compile();
    }

    private static Func<IRow, int, T> Reader(IProperty[] properties)
    {
        var (row, first) = (Expression.Parameter(typeof(IRow)), Expression.Parameter(typeof(int)));
        var bindings = properties.Select((property, i) =>
        {
            var place = Expression.Add(first, Expression.Constant(i));
            var converter = property.GetTypeMapping().Converter;
            var kept = converter?.ProviderClrType ?? Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            Expression value = Expression.Call(row, Getters[kept], null, place);
            if (converter is not null)
                value = Expression.Invoke(converter.ConvertFromProviderExpression, value);
            value = Expression.Convert(value, property.ClrType);
            var isNull = Expression.Call(row, nameof(IRow.IsNull), null, place);
            return Expression.Bind(
                property.PropertyInfo!,
                property.IsNullable
                    ? Expression.Condition(isNull, Expression.Default(property.ClrType), value)
                    : value);
        });
        var made = Expression.MemberInit(Expression.New(typeof(T)), bindings);
        return Expression.Lambda<Func<IRow, int, T>>(made, row, first).Compile();
    }

    private static Expression Convert(LambdaExpression conversion, Expression value) =>
        Expression.Convert(Expression.Invoke(conversion, value), typeof(object));

    private static Expression NotNull(Expression value) =>
        Nullable.GetUnderlyingType(value.Type) is { } inner ? Expression.Convert(value, inner) : value;

    private static bool MayBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
}
